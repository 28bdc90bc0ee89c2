package io.nodelifecycle.simulate.check;

import java.time.Duration;

/**
 * The settings that the outcome of an outage depends on, in plain values.
 *
 * @param monitorGrace how long a node may be unheard
 * @param startupGrace the same while it has no Ready condition
 * @param hasConditionTaints conditions become NoSchedule taints
 * @param hasHealthTaints a failed node gets a NoExecute taint
 * @param hasTaintEviction NoExecute taints evict
 * @param hasComparisons tolerations may compare numbers
 */
record Demand(
    Duration monitorGrace,
    Duration startupGrace,
    boolean hasConditionTaints,
    boolean hasHealthTaints,
    boolean hasTaintEviction,
    boolean hasComparisons) {
  static Demand defaults() {
    return new Demand(Duration.ofSeconds(50), Duration.ofSeconds(60), true, true, true, false);
  }
}
