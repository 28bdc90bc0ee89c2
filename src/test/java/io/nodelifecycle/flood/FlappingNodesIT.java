package io.nodelifecycle.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * A thousand nodes, half of them ready, and each second the other half. Each change wants a write,
 * ten times as many as the budget has.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class FlappingNodesIT {
  private static final int NODES = 1_000;
  private static final int HISTORY = 20_000;

  /** Requests a second and at once; for everything, events included. */
  private static final int QPS = 100;

  private static final Duration FLAPPING = Duration.ofSeconds(15);
  private static final Duration UNTIL_DEATH = Duration.ofSeconds(2);
  private static final double CHANGES_PER_SECOND_MIN = 500;

  /** A write for each node takes ten seconds; those under way when it ended may be in vain. */
  private static final Duration RIGHT_WITHIN = Duration.ofSeconds(25);

  @Test
  void aDeadNodeIsFoundAmongAThousandThatFlap(@TempDir Path folder) {
    try (var cluster = FloodedCluster.start(HISTORY)) {
      IntStream.range(0, NODES).forEach(i -> cluster.addNode("node-" + i, "z1"));
      cluster.addNode("dies", "z2");
      cluster.addNode("lives", "z2");
      try (var program = FloodedProgram.start(folder, cluster, QPS, "--node-eviction-rate=1000")) {
        var death = flap(cluster);
        program.declaredSilentInTime("flapping", "dies", death);
        becomesRight(cluster);
        program.hasWithstood("flapping", "dies");
      }
    }
  }

  /** Returns when the node died. */
  private static Instant flap(FloodedCluster cluster) {
    var dead =
        CompletableFuture.supplyAsync(() -> {
          Pause.of(UNTIL_DEATH);
          cluster.die("dies");
          return Instant.now();
        });
    var before = cluster.writes();
    var elapsed = Stopwatch.startingAt(0);
    var rate =
        FloodedCluster.flood(
            NODES, FLAPPING, i -> becomes(cluster, i % NODES, (i + i / NODES) % 2 == 0));
    var budget = QPS + QPS * elapsed.getAsDouble();
    var writes = cluster.writes() - before;
    Report.of("flapping", "%.0f changes a second, %d writes", rate, writes);
    assertThat(rate).isGreaterThan(CHANGES_PER_SECOND_MIN);
    assertThat(writes).isLessThanOrEqualTo((int) Math.ceil(budget));
    return dead.join();
  }

  private static void becomes(FloodedCluster cluster, int node, boolean isReady) {
    cluster.change(
        ObjectRef.node("node-" + node),
        Part.STATUS,
        tree -> {
          var ready = (ObjectNode) tree.at("/status/conditions/0");
          var now = Json.time(Instant.now());
          ready
              .put("status", isReady ? "True" : "False")
              .put("lastHeartbeatTime", now)
              .put("lastTransitionTime", now);
        });
  }

  /** Afterwards all nodes of one half are ready, and those of the other are not. */
  private static void becomesRight(FloodedCluster cluster) {
    IntStream.range(0, NODES).forEach(i -> becomes(cluster, i, i % 2 == 0));
    var elapsed = Stopwatch.startingAt(0);
    assertThat(Pause.until(RIGHT_WITHIN, () -> wrong(cluster) == 0))
        .as("all taints are right, but those of %d nodes", wrong(cluster))
        .isTrue();
    Report.of("flapping", "all taints right after %.1f s", elapsed.getAsDouble());
    assertThat(cluster.taints("lives")).isEmpty();
    assertThat(cluster.taints("dies")).containsExactlyInAnyOrderElementsOf(both("unreachable"));
  }

  private static long wrong(FloodedCluster cluster) {
    return IntStream.range(0, NODES)
        .filter(i -> {
          var wanted = i % 2 == 0 ? List.<String>of() : both("not-ready");
          var taints = cluster.taints("node-" + i);
          return taints.size() != wanted.size() || !taints.containsAll(wanted);
        })
        .count();
  }

  private static List<String> both(String why) {
    var key = "node.kubernetes.io/" + why;
    return List.of(key + ":NoSchedule", key + ":NoExecute");
  }
}
