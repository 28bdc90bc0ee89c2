package io.nodelifecycle.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.sandbox.SandboxCommand.Streams;
import io.nodelifecycle.simulate.recording.VirtualSimulation;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.Stopwatch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * An hour of a large cluster, through the command as users call it. With {@code -Dfull-scale} it is
 * as large as is promised, and has to be over in the time that is promised.
 */
final class LargeClusterTest {
  private static final boolean IS_FULL = Boolean.getBoolean("full-scale");
  private static final int NODES = IS_FULL ? 5_000 : 500;

  /** Else generous: a machine that does much besides must not fail the build. */
  private static final double SECONDS_MAX = IS_FULL ? 60 : 180;

  private static final int ZONES = 4;
  private static final int DEAD = NODES / ZONES;
  private static final int PODS_PER_NODE = 30;
  private static final int DAEMONS_PER_NODE = 2;
  private static final int QPS = 100;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void anHourIsSimulatedInTimeAndEachTimeTheSame() {
    var watch = Stopwatch.startingAt(0);
    var json = simulate();
    var seconds = watch.getAsDouble();
    System.out.printf("%d nodes, %d pods, 1 h: %.1f s%n", NODES, NODES * PODS_PER_NODE, seconds);
    zoneIsEmptiedAndComesBack(ApiClient.json(json).path("runs").path(0));
    assertThat(seconds).isLessThan(SECONDS_MAX);
    assertThat(simulate().equals(json)).as("a second time gives the same bytes").isTrue();
  }

  private static void zoneIsEmptiedAndComesBack(JsonNode run) {
    assertThat(run.path("nodes").asInt()).isEqualTo(NODES);
    assertThat(run.path("pods").asInt()).isEqualTo(NODES * PODS_PER_NODE);
    assertThat(run.path("length").asInt()).isEqualTo(3_600);
    assertThat(run.path("untainted")).isEmpty();
    var summary = run.path("summary");
    assertThat(summary.path("requests").path("failed").asInt()).isZero();
    for (var zone : summary.path("zones")) {
      var name = zone.path("zone").asString();
      var isDead = name.equals("eu-1b");
      assertThat(zone.path("stages").has("NODE_UNKNOWN")).as(name).isEqualTo(isDead);
      assertThat(zone.path("stages").has("POD_EVICTED")).as(name).isEqualTo(isDead);
    }
    stages(summary.path("stages"));
    var level = summary.path("level");
    assertThat(level.path("podsAtEnd")).isEqualTo(level.path("podsAtStart"));
    assertThat(level.path("deadMost").asInt()).isEqualTo(DEAD);
    assertThat(level.path("taintedMost").asInt()).isEqualTo(DEAD);
    assertThat(level.path("deadAtEnd").asInt()).isZero();
    assertThat(level.path("taintedAtEnd").asInt()).isZero();
  }

  private static void stages(JsonNode stages) {
    var unknown = stages.path("NODE_UNKNOWN");
    assertThat(unknown.path("count").asInt()).isEqualTo(DEAD);
    // The last heartbeat came in the ten seconds before minute 10; then 50 s of patience, and the
    // live read of the leases; each write needs a token of the budget.
    assertThat(unknown.path("first").asDouble()).isBetween(640.0, 642.0);
    assertThat(unknown.path("last").asDouble()).isBetween(649.0, 652.0 + DEAD / (double) QPS);
    var tainted = stages.path("NODE_TAINTED");
    assertThat(tainted.path("count").asInt()).isEqualTo(DEAD);
    assertThat(tainted.path("last").asDouble() - tainted.path("first").asDouble())
        .as("one node a second, slower for a moment while the zone is half dead")
        .isBetween(DEAD - 1.0, DEAD + 10.0);
    var evicted = stages.path("POD_EVICTED");
    assertThat(evicted.path("count").asInt()).isEqualTo(DEAD * (PODS_PER_NODE - DAEMONS_PER_NODE));
    assertThat(evicted.path("first").asDouble() - tainted.path("first").asDouble())
        .as("the shortest toleration of a made-up pod")
        .isBetween(30.0, 60.0);
    assertThat(evicted.path("last").asDouble() - tainted.path("last").asDouble())
        .as("the usual toleration")
        .isBetween(300.0, 310.0);
    assertThat(stages.path("POD_REPLACED").path("count")).isEqualTo(evicted.path("count"));
    assertThat(stages.path("NODE_READY").path("count").asInt()).isEqualTo(DEAD);
    assertThat(stages.path("NODE_UNTAINTED").path("count").asInt()).isEqualTo(DEAD);
  }

  /** What it comes to, as JSON. */
  private static String simulate() {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var streams = new Streams(stream(out), stream(err), false);
    var engine = new SimulateCommand.Engine(new VirtualSimulation(), new ReportFormat());
    var code =
        new SimulateCommand(Map.of(), "1", new SystemTime(), streams, engine)
            .run(
                List.of(
                    "--nodes=" + NODES,
                    "--zones=" + ZONES,
                    "--pods-per-node=" + PODS_PER_NODE,
                    "--kill-zone=eu-1b@10m",
                    "--heal@50m",
                    "--node-eviction-rate=1",
                    "--kube-api-qps=" + QPS,
                    "--kube-api-burst=150",
                    "--json=-"));
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
