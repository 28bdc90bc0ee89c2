package io.nodelifecycle.core;

import io.nodelifecycle.core.eviction.EvictionPolicy;
import io.nodelifecycle.core.health.HealthPolicy;
import io.nodelifecycle.core.zone.DisruptionPolicy;

/**
 * All configured numbers and choices that decisions depend on.
 *
 * @param health when nodes are silent
 * @param disruption how fast nodes are tainted
 * @param eviction how taints evict pods
 * @param hasNodeLifecycle the node-lifecycle-controller is switched on
 * @param hasTaintEviction the taint-eviction-controller is switched on
 * @param hasConditionTaints gate {@code TaintNodesByCondition}
 */
public record CorePolicy(
    HealthPolicy health,
    DisruptionPolicy disruption,
    EvictionPolicy eviction,
    boolean hasNodeLifecycle,
    boolean hasTaintEviction,
    boolean hasConditionTaints) {
  /** The defaults: everything that Kubernetes does unless told otherwise. */
  public static CorePolicy defaults() {
    return new CorePolicy(
        HealthPolicy.defaults(),
        DisruptionPolicy.defaults(),
        EvictionPolicy.defaults(),
        true,
        true,
        true);
  }
}
