package io.nodelifecycle.coexistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ApiFields;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.Kubectl;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Nothing that people and replicas of the program do is taken for another controller. That a real
 * one is noticed is shown by {@link DryRunIT}.
 */
@NeedsControlPlane
@EnabledIf("io.nodelifecycle.testing.Kubectl#isThere")
final class ForeignWritesIT {
  private static final String WARNING = "WARN  another controller writes the same conditions";
  private static final Duration SOON = Duration.ofSeconds(40);

  /** Who has just taken over suspects nobody for so long. */
  private static final Duration SETTLING = Duration.ofSeconds(11);

  private final ControlPlane plane = ControlPlane.start();
  private final FakeKubelets kubelets = new FakeKubelets(plane.admin(), Duration.ofSeconds(1));

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    kubelets.close();
    plane.close();
  }

  private ControllerProcess program() {
    var flags =
        List.of(
            "--node-monitor-period=1s",
            "--node-monitor-grace-period=4s",
            "--node-eviction-rate=10",
            "--leader-elect-lease-duration=6s",
            "--leader-elect-renew-deadline=4s",
            "--leader-elect-retry-period=1s",
            "--secure-port=0",
            "--kubeconfig=" + plane.kubeconfig());
    return ControllerProcess.program(folder, flags).awaitSynced();
  }

  private void node(String name) {
    kubelets.join(name, Map.of("kubernetes.io/os", "linux"));
  }

  private boolean isTainted(String name, String taint) {
    var node = plane.admin().get("/api/v1/nodes/" + name).orThrow();
    return ApiFields.taints(node).contains(taint);
  }

  private boolean hasHealthTaint(String name) {
    var node = plane.admin().get("/api/v1/nodes/" + name).orThrow();
    return ApiFields.taints(node).stream()
        .anyMatch(taint -> taint.contains("not-ready") || taint.contains("unreachable"));
  }

  private List<JsonNode> warnings() {
    return plane
        .admin()
        .items("/api/v1/namespaces/kube-system/events")
        .filter(event -> event.path("reason").asString().equals("ForeignController"))
        .toList();
  }

  private static void become(String what, BooleanSupplier condition) {
    assertThat(Pause.until(SOON, condition)).as(what).isTrue();
  }

  @Test
  void aloneNobodyIsSuspectedWhateverPeopleDoAndWhoeverLeads() {
    var kubectl = new Kubectl(folder, plane.kubeconfig());
    try (var first = program()) {
      new LogLines(first).awaits("leads", 1);
      try (var second = program()) {
        node("dead");
        node("other");
        // Enough of them live that their zone is not given up.
        List.of("alive-1", "alive-2", "alive-3").forEach(this::node);
        Pause.of(SETTLING);
        node("new");
        kubectl.run("taint", "nodes", "other", "example.com/own=x:NoExecute");
        kubectl.run("cordon", "other");
        become("cordoned", () -> isTainted("other", "node.kubernetes.io/unschedulable:NoSchedule"));
        kubelets.postConditions("new", Map.of("Ready", "False", "MemoryPressure", "True"));
        become("its turn", () -> isTainted("new", "node.kubernetes.io/not-ready:NoExecute"));
        kubelets.stopHeartbeats("dead");
        become("tainted", () -> isTainted("dead", "node.kubernetes.io/unreachable:NoExecute"));
        kubectl.run("taint", "nodes", "dead", "node.kubernetes.io/unreachable:NoExecute-");
        become("again", () -> isTainted("dead", "node.kubernetes.io/unreachable:NoExecute"));

        kubelets.stopHeartbeats("other");
        become("other", () -> isTainted("other", "node.kubernetes.io/unreachable:NoExecute"));
        assertThat(first.terminate(SOON)).hasValue(0);
        new LogLines(second).awaits("leads", 1);
        kubelets.resumeHeartbeats("dead");
        become("well", () -> !hasHealthTaint("dead"));
        Pause.of(SETTLING);
        kubelets.resumeHeartbeats("other");
        kubelets.postConditions("new", FakeKubelets.HEALTHY);
        kubectl.run("taint", "nodes", "new", "node.kubernetes.io/unreachable:NoExecute");
        kubectl.run("uncordon", "other");
        become("all well", () -> !hasHealthTaint("other") && !hasHealthTaint("new"));
        Pause.of(Duration.ofSeconds(1));
        assertThat(new LogLines(first).count(WARNING)).isZero();
        assertThat(new LogLines(second).count(WARNING)).as(second.tail()).isZero();
        assertThat(warnings()).isEmpty();
      }
    }
  }
}
