package io.nodelifecycle.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node with 5,000 pods dies, and while they are evicted another one with ten. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class CrowdedNodeIT {
  private static final int PODS = 5_000;
  private static final int PODS_OF_OTHER = 10;
  private static final int OTHER_NODES = 20;
  private static final int HISTORY = 50_000;

  /** Three writes for each pod, and events: at least fifteen seconds of work. */
  private static final int QPS = 1_000;

  private static final Duration EVICTED_WITHIN = Duration.ofSeconds(60);

  /**
   * After its own grace period: with a second for its turn in the queue, and a share of the work.
   */
  private static final Duration OTHER_EVICTED_WITHIN = Duration.ofSeconds(10);

  @Test
  void theOtherDeadNodeNeedNotWaitForFiveThousandPods(@TempDir Path folder) {
    try (var cluster = FloodedCluster.start(HISTORY)) {
      cluster.addNode("crowded", "z1");
      cluster.addNode("other", "z1");
      IntStream.range(0, OTHER_NODES).forEach(i -> cluster.addNode("node-" + i, "z1"));
      IntStream.range(0, PODS).forEach(i -> cluster.addPod("pod-" + i, "crowded", "[]"));
      IntStream.range(0, PODS_OF_OTHER).forEach(i -> cluster.addPod("few-" + i, "other", "[]"));
      try (var program = FloodedProgram.start(folder, cluster, QPS, "--node-eviction-rate=1")) {
        bothDie(cluster, program);
        program.hasWithstood("crowded node", "crowded", "other");
      }
    }
  }

  private static void bothDie(FloodedCluster cluster, FloodedProgram program) {
    cluster.die("crowded");
    var elapsed = Stopwatch.startingAt(0);
    // Long enough for its pods to be worked on when the other one's turn comes.
    Pause.of(Duration.ofSeconds(3));
    cluster.die("other");
    var death = Instant.now();

    var otherWithin = FloodedCluster.GRACE.plus(OTHER_EVICTED_WITHIN);
    assertThat(Pause.until(otherWithin, () -> left(cluster, "few-", PODS_OF_OTHER) == 0))
        .as("the pods of the other node are evicted")
        .isTrue();
    var left = left(cluster, "pod-", PODS);
    Report.of("crowded node", "other evicted at %.1f s, %d left", elapsed.getAsDouble(), left);
    program.declaredSilentInTime("crowded node", "other", death);
    assertThat(left).as("the pods of the crowded node were not all first").isPositive();

    assertThat(Pause.until(EVICTED_WITHIN, () -> left(cluster, "pod-", PODS) == 0))
        .as("all pods of the crowded node are evicted")
        .isTrue();
    Report.of("crowded node", "all evicted at %.1f s", elapsed.getAsDouble());
    assertThat(IntStream.range(0, PODS).filter(i -> isReady(cluster, "pod-" + i))).isEmpty();
  }

  private static long left(FloodedCluster cluster, String prefix, int pods) {
    return IntStream.range(0, pods).filter(i -> !cluster.isEnding(prefix + i)).count();
  }

  private static boolean isReady(FloodedCluster cluster, String pod) {
    return cluster.objects().get(ObjectRef.pod("default", pod)).isReady();
  }
}
