package io.nodelifecycle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.parity.ReferenceCondition;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.DenyingWebhook;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Deletions that an admission webhook denies: the reference gives up after a few tries within a
 * second, for ever; the program goes on until the pod is gone, also over a restart.
 */
@NeedsControlPlane
@TestInstance(Lifecycle.PER_CLASS)
final class DeniedEvictionIT {
  private static final int DENIALS = 5;
  private static final Map<String, Integer> CODES =
      Map.of("denied-403", 403, "denied-429", 429, "denied-500", 500);

  private final ControlPlane plane = ControlPlane.start();
  private final Cluster cluster = new Cluster(plane.admin());

  @TempDir private Path folder;

  @AfterEach
  void clear() {
    plane.clear();
  }

  @AfterAll
  void stop() {
    plane.close();
  }

  /** A node with three pods that do not tolerate the taint which somebody sets on it. */
  private void taint(FakeKubelets kubelets, DenyingWebhook webhook, int denials) {
    kubelets.join("n", Map.of());
    CODES.forEach((pod, code) -> {
      webhook.deny(pod, code, denials);
      kubelets.runPod("default", pod(pod));
    });
    cluster.losesTaint("n", "node.kubernetes.io/not-ready:NoSchedule", Duration.ofSeconds(20));
    var taints =
        ApiClient.json(
            "{\"spec\":{\"taints\":[{\"key\":\"example.com/x\",\"effect\":\"NoExecute\"}]}}");
    plane.admin().mergePatch("/api/v1/nodes/n", taints).orThrow();
  }

  private static JsonNode pod(String name) {
    return ApiClient.json(
        """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"},
         "spec": {"nodeName": "n", "terminationGracePeriodSeconds": 1,
           "containers": [{"name": "c", "image": "i"}]}}\
        """
            .formatted(name));
  }

  private static boolean areDenied(DenyingWebhook webhook, int times) {
    return CODES.keySet().stream().allMatch(pod -> webhook.denied(pod) >= times);
  }

  @Test
  void theSixthTrySucceedsAlsoIfTheProgramIsKilledInBetween() {
    try (var webhook = DenyingWebhook.start(plane);
        var kubelets = new FakeKubelets(plane.admin(), Duration.ofSeconds(1))) {
      try (var first = ControllerProcess.program(folder, plane.kubeconfig(), Cluster.HASTY)) {
        first.awaitSynced();
        taint(kubelets, webhook, DENIALS);
        assertThat(Pause.until(Duration.ofSeconds(30), () -> areDenied(webhook, 2)))
            .as(first.tail())
            .isTrue();
        // Closing it is SIGKILL.
      }
      try (var second = ControllerProcess.program(folder, plane.kubeconfig(), Cluster.HASTY)) {
        for (var pod : List.copyOf(CODES.keySet())) {
          cluster.becomesDeleting(pod, Duration.ofSeconds(60));
          assertThat(webhook.denied(pod)).as(pod).isEqualTo(DENIALS);
        }
        assertThat(second.output())
            .contains("write failed and will be retried")
            .contains("denied by a test");
      }
    }
  }

  @Test
  @ExtendWith(ReferenceCondition.class)
  void theReferenceGivesUpAfterAFewTriesAtOnce() {
    try (var webhook = DenyingWebhook.start(plane);
        var kubelets = new FakeKubelets(plane.admin(), Duration.ofSeconds(1));
        var reference = ControllerProcess.reference(folder, plane.kubeconfig(), Cluster.HASTY)) {
      reference.awaitSynced();
      taint(kubelets, webhook, Integer.MAX_VALUE);
      assertThat(Pause.until(Duration.ofSeconds(30), () -> areDenied(webhook, DENIALS)))
          .as(reference.tail())
          .isTrue();
      Pause.of(Duration.ofSeconds(5));
      var tried = tries(webhook);
      Pause.of(Duration.ofSeconds(10));
      assertThat(tries(webhook)).isEqualTo(tried);
      for (var pod : CODES.keySet()) {
        assertThat(Cluster.isDeleting(cluster.pod(pod))).as(pod).isFalse();
      }
    }
  }

  private static Map<String, Integer> tries(DenyingWebhook webhook) {
    return CODES.keySet().stream().collect(Collectors.toMap(pod -> pod, webhook::denied));
  }
}
