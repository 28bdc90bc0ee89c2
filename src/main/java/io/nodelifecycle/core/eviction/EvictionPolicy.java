package io.nodelifecycle.core.eviction;

/**
 * How evictions by taints work, by feature gates.
 *
 * @param hasComparisonOperators gate {@code TaintTolerationComparisonOperators}: {@code Lt} and
 *     {@code Gt} match
 * @param isAnchoredAtTaint gate {@code TolerationSecondsFromTaint}: seconds count from when the
 *     taint appeared, not from when a timer was first set
 * @param hasDisruptionCondition gate {@code PodDisruptionConditions}: the condition
 *     DisruptionTarget is written before a pod is deleted
 */
public record EvictionPolicy(
    boolean hasComparisonOperators, boolean isAnchoredAtTaint, boolean hasDisruptionCondition) {
  /** The defaults. */
  public static EvictionPolicy defaults() {
    return new EvictionPolicy(false, true, true);
  }
}
