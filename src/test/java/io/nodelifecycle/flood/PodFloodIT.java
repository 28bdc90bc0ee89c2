package io.nodelifecycle.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.testing.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand changes of pods a second. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class PodFloodIT {
  private static final int NODES = 50;
  private static final int PODS = 2_000;
  private static final int EVENTS_PER_SECOND = 10_000;
  private static final int HISTORY = 50_000;
  private static final int QPS = 20;
  private static final Duration FLOOD = Duration.ofSeconds(15);
  private static final Duration UNTIL_DEATH = Duration.ofSeconds(2);

  /** What the machine must reach at least for the test to mean anything. */
  private static final double EVENTS_PER_SECOND_MIN = 2_000;

  @Test
  void heartbeatsAreHeardAmidTenThousandPodEventsASecond(@TempDir Path folder) {
    try (var cluster = FloodedCluster.start(HISTORY)) {
      for (var i = 0; i < NODES; i++) {
        cluster.addNode("node-" + i, "z" + i % 2);
      }
      for (var i = 0; i < PODS; i++) {
        cluster.addPod("pod-" + i, "node-" + i % NODES, "[]");
      }
      try (var program = FloodedProgram.start(folder, cluster, QPS)) {
        var death = dieAmidTheFlood(cluster);
        program.declaredSilentInTime("pod flood", "node-7", death);
        program.settles("pod flood", "node-3");
        program.hasWithstood("pod flood", "node-7");
      }
    }
  }

  private static Instant dieAmidTheFlood(FloodedCluster cluster) {
    var dead =
        CompletableFuture.supplyAsync(() -> {
          Pause.of(UNTIL_DEATH);
          cluster.die("node-7");
          return Instant.now();
        });
    var rate =
        FloodedCluster.flood(
            EVENTS_PER_SECOND,
            FLOOD,
            i ->
                cluster.change(
                    ObjectRef.pod("default", "pod-" + i % PODS),
                    Part.MAIN,
                    pod ->
                        Json.child(Json.child(pod, "metadata"), "annotations").put("n", "" + i)));
    Report.of("pod flood", "%.0f events a second", rate);
    assertThat(rate).isGreaterThan(EVENTS_PER_SECOND_MIN);
    return dead.join();
  }
}
