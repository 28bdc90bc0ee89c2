package io.nodelifecycle.integration;

import static io.nodelifecycle.testing.ClusterLoad.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ApiFields;
import io.nodelifecycle.testing.ClusterLoad;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of 300 nodes and 18,000 pods: the controller syncs, judges and stays small. */
@NeedsControlPlane
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ScaleIT {
  private static final int NODES = 300;
  private static final ClusterLoad.Size SIZE = new ClusterLoad.Size(NODES, 60, 60);
  private static final int DEAD = 10;

  private static final Duration RENEWAL = Duration.ofSeconds(5);
  private static final Duration GRACE_AND_MORE = Duration.ofSeconds(22);
  private static final Duration JUDGED = Duration.ofSeconds(90);
  private static final double MOST_RESIDENT_MEBIBYTES = 768;
  private static final double MOST_CPU_SECONDS = 120;
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable:NoExecute";

  private static final Map<String, String> FLAGS =
      Map.of(
          "node-monitor-period", "2s",
          "node-monitor-grace-period", "20s",
          "node-eviction-rate", "5",
          "kube-api-qps", "100",
          "kube-api-burst", "150");

  @Test
  void itSyncsJudgesAndStaysSmall(@TempDir Path folder) {
    try (var plane = ControlPlane.start();
        var load = new ClusterLoad(plane.admin(), SIZE, RENEWAL)) {
      var loading = Stopwatch.startingAt(0);
      load.fill(node -> node < DEAD);
      report("%d nodes, %d pods, loaded in %.1f s", NODES, SIZE.pods(), loading.getAsDouble());
      try (var controller = ControllerProcess.program(folder, plane.kubeconfig(), FLAGS)) {
        var syncing = Stopwatch.startingAt(0);
        controller.awaitSynced();
        report("synced in %.1f s: %s", syncing.getAsDouble(), controller.usage());
        Pause.of(GRACE_AND_MORE);
        assertThat(unknownNodes(plane.admin())).isZero();
        judges(plane.admin(), load.kubelets());
        report("in the end: %s", controller.usage());
        assertThat(controller.usage().peakMebibytes()).isLessThan(MOST_RESIDENT_MEBIBYTES);
        assertThat(controller.usage().cpuSeconds()).isLessThan(MOST_CPU_SECONDS);
        endsWellAmidEvictions(plane.admin(), controller);
      }
    }
  }

  private static void judges(ApiClient api, FakeKubelets kubelets) {
    var judging = Stopwatch.startingAt(0);
    var cluster = new Cluster(api);
    IntStream.range(0, DEAD).mapToObj(ClusterLoad::node).forEach(kubelets::stopHeartbeats);
    for (int i = 0; i < DEAD; i++) {
      cluster.becomesUnknown(node(i), JUDGED);
      cluster.becomesTainted(node(i), UNREACHABLE, JUDGED);
    }
    assertThat(Pause.until(JUDGED, () -> readyPods(api) == 0)).as("no pod there is ready").isTrue();
    report("%d dead nodes judged in %.1f s", DEAD, judging.getAsDouble());
    assertThat(unknownNodes(api)).isEqualTo(DEAD);
  }

  private static void endsWellAmidEvictions(ApiClient api, ControllerProcess controller) {
    var busy = node(NODES - 1);
    var taint =
        ApiClient.json("{\"spec\": {\"taints\": [{\"key\": \"k\", \"effect\": \"NoExecute\"}]}}");
    api.mergePatch("/api/v1/nodes/" + busy, taint).orThrow();
    assertThat(Pause.until(JUDGED, () -> api.items(podsOf(busy)).anyMatch(Cluster::isDeleting)))
        .as("a pod on the tainted node is deleted")
        .isTrue();
    Outputs.endsWell(controller);
  }

  /** From the server's cache: a list from etcd would read all pods each time. */
  private static String podsOf(String node) {
    return "/api/v1/pods?resourceVersion=0&fieldSelector=spec.nodeName%3D" + node;
  }

  private static long unknownNodes(ApiClient api) {
    return api.items("/api/v1/nodes")
        .filter(node -> ApiFields.condition(node, "Ready").equals("Unknown"))
        .count();
  }

  /** How many pods of the dead nodes are ready; the others never were. */
  private static long readyPods(ApiClient api) {
    return IntStream.range(0, DEAD)
        .mapToObj(i -> podsOf(node(i)))
        .flatMap(api::items)
        .filter(pod -> ApiFields.condition(pod, "Ready").equals("True"))
        .count();
  }

  private static void report(String format, Object... values) {
    System.out.println("scale: " + String.format(Locale.ROOT, format, values));
  }
}
