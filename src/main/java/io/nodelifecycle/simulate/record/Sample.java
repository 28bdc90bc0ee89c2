package io.nodelifecycle.simulate.record;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the cluster is doing at one moment.
 *
 * @param at when, since the beginning
 * @param zones by the zone's name; a zone that does not exist at this moment is not there
 * @param sharedRequests requests since the previous sample that concern no zone, such as a list of
 *     all leases
 * @param failedRequests of all requests since the previous sample, those that failed
 */
public record Sample(
    Duration at, Map<String, ZoneSample> zones, int sharedRequests, int failedRequests) {
  /** Takes a copy. */
  public Sample {
    zones = Collections.unmodifiableMap(new TreeMap<>(zones));
  }

  /**
   * How a zone is doing at one moment.
   *
   * @param ready nodes whose Ready condition is True
   * @param notReady nodes whose Ready condition is False or absent
   * @param unknown nodes whose Ready condition is Unknown
   * @param dead nodes whose machine does not live, whatever is said of them
   * @param tainted nodes with a NoExecute taint, whatever their Ready condition
   * @param readyPods pods whose Ready condition is True
   * @param evictedPods pods of this zone that the controller has deleted since the beginning
   * @param requests requests about the zone's nodes and pods since the previous sample
   */
  public record ZoneSample(
      int ready,
      int notReady,
      int unknown,
      int dead,
      int tainted,
      int readyPods,
      int evictedPods,
      int requests) {}
}
