package io.nodelifecycle.simulate.record;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a controller did to a cluster in a simulated outage.
 *
 * @param title what tells it from another run, such as the flags that differ from the defaults
 * @param length how long it lasted, in cluster time
 * @param nodes how many nodes there were at the start
 * @param pods how many pods there were at the start
 * @param zones the names of all zones, in order; empty is the unnamed zone
 * @param happenings in the order of time
 * @param samples at equal distances, the first at zero, the last at the end
 * @param workloads by namespace, kind and name
 * @param peak the second with the most requests of the controller
 * @param flags the controller's flags that matter for the outcome, by name without dashes, in the
 *     order in which they are to be shown
 * @param untainted nodes whose machine was dead at the end and which had no NoExecute taint
 */
public record SimulationRecord(
    String title,
    Duration length,
    int nodes,
    int pods,
    List<String> zones,
    List<Happening> happenings,
    List<Sample> samples,
    List<WorkloadRecord> workloads,
    Peak peak,
    SequencedMap<String, String> flags,
    List<UntaintedNode> untainted) {
  /** Takes copies. */
  public SimulationRecord {
    zones = List.copyOf(zones);
    happenings = List.copyOf(happenings);
    samples = List.copyOf(samples);
    workloads = List.copyOf(workloads);
    flags = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(flags));
    untainted = List.copyOf(untainted);
  }

  /**
   * The busiest second.
   *
   * @param requests how many requests the controller sent in it, live reads and events included
   * @param at when it began; zero if nothing was sent at all
   */
  public record Peak(int requests, Duration at) {}

  /**
   * A node that was dead at the end and that nothing was evicted from for that.
   *
   * @param zone its zone
   * @param name its name
   * @param deadSince when its machine died, since the beginning
   * @param reason why it has no taint, in the same words for all nodes with the same reason, such
   *     as {@code waits for its turn: the zone's rate is 0.01 nodes a second}
   */
  public record UntaintedNode(String zone, String name, Duration deadSince, String reason) {}
}
