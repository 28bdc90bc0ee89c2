package io.nodelifecycle.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The packaged program before a flooded cluster, with a heap that ends it if it does not do. */
final class FloodedProgram implements AutoCloseable {
  /** A sixth of what it would take on a machine of 1 GiB. */
  private static final int HEAP_MEBIBYTES = 96;

  /** The heap and everything else that a JVM needs: code, classes, stacks, buffers of sockets. */
  private static final double MOST_RESIDENT_MEBIBYTES = 256;

  /** Beyond the grace period, which begins a renewal before the death at the latest. */
  private static final Duration VERDICT_DELAY_MAX = Duration.ofSeconds(3);

  /** What happens when the flood is over is acted upon, the rest of the flood read before it. */
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(20);

  private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable:NoSchedule";

  private final FloodedCluster cluster;
  private final ControllerProcess process;

  private FloodedProgram(FloodedCluster cluster, ControllerProcess process) {
    this.cluster = cluster;
    this.process = process;
  }

  /** Starts it and waits until silence means something to it: a cold start is blind for a grace. */
  static FloodedProgram start(Path folder, FloodedCluster cluster, int qps, String... flags) {
    var arguments = new ArrayList<>(cluster.flags(qps));
    arguments.addAll(List.of(flags));
    var process = ControllerProcess.small(folder, arguments, HEAP_MEBIBYTES);
    process.awaitSynced();
    Pause.of(FloodedCluster.GRACE);
    return new FloodedProgram(cluster, process);
  }

  /** It has declared this node silent, which died then, and soon after it was right to do so. */
  void declaredSilentInTime(String flood, String node, Instant death) {
    assertThat(cluster.silent()).containsKey(node);
    var delay = Duration.between(death, cluster.silent().get(node)).minus(FloodedCluster.GRACE);
    Report.of(flood, "verdict on %s %s after its grace period", node, delay);
    assertThat(delay).isLessThan(VERDICT_DELAY_MAX);
  }

  /** It sees at once that this node takes no more pods, and taints it. */
  void settles(String flood, String node) {
    cluster.change(
        ObjectRef.node(node),
        Part.MAIN,
        tree -> Json.child(tree, "spec").put("unschedulable", true));
    var elapsed = Stopwatch.startingAt(0);
    assertThat(Pause.until(SETTLED_WITHIN, () -> cluster.taints(node).contains(UNSCHEDULABLE)))
        .as("a change after the flood is acted upon\n" + process.tail())
        .isTrue();
    Report.of(flood, "a change acted upon after %.1f s", elapsed.getAsDouble());
  }

  /**
   * It is there still, small, has heard all but the dead, and nothing was unreadable. That it lists
   * anew what the API server has forgotten while it was read is no fault: on a slow machine a flood
   * is quicker than its reader.
   */
  void hasWithstood(String flood, String... dead) {
    Report.of(flood, "%.0f MiB resident at most", process.usage().peakMebibytes());
    assertThat(process.isAlive()).as(process.tail()).isTrue();
    assertThat(cluster.silent()).containsOnlyKeys(dead);
    assertThat(process.usage().peakMebibytes()).isLessThan(MOST_RESIDENT_MEBIBYTES);
    assertThat(process.output().lines())
        .filteredOn(line -> !line.contains("HTTP 410: Expired"))
        .noneMatch(line -> line.contains("cannot be followed"))
        .noneMatch(line -> line.contains("gone deaf"))
        .noneMatch(line -> line.contains("a malformed object"));
  }

  @Override
  public void close() {
    process.close();
  }
}
