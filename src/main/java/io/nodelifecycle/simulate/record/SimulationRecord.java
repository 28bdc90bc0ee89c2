package io.nodelifecycle.simulate.record;

import java.time.Duration;
import java.util.List;

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
    Peak peak) {
  /** Takes copies. */
  public SimulationRecord {
    zones = List.copyOf(zones);
    happenings = List.copyOf(happenings);
    samples = List.copyOf(samples);
    workloads = List.copyOf(workloads);
  }

  /**
   * The busiest second.
   *
   * @param requests how many requests the controller sent in it, live reads and events included
   * @param at when it began; zero if nothing was sent at all
   */
  public record Peak(int requests, Duration at) {}
}
