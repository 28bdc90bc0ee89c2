package io.nodelifecycle.core;

import io.nodelifecycle.core.eviction.EvictionPolicy;
import io.nodelifecycle.core.foreign.ForeignPolicy;
import io.nodelifecycle.core.health.HealthPolicy;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.zone.DisruptionPolicy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * All configured numbers and choices that decisions depend on.
 *
 * @param health when nodes are silent
 * @param disruption how fast nodes are tainted
 * @param eviction how taints evict pods
 * @param hasNodeLifecycle the node-lifecycle-controller is switched on
 * @param hasTaintEviction the taint-eviction-controller is switched on
 * @param hasConditionTaints gate {@code TaintNodesByCondition}
 * @param podEvictionTimeout empty where a failed node gets a NoExecute taint, which decides about
 *     its pods; else how long a node must have been failed before its pods are evicted
 * @param live what is read live before it is acted upon
 * @param foreign whether writes of other controllers are looked for
 */
public record CorePolicy(
    HealthPolicy health,
    DisruptionPolicy disruption,
    EvictionPolicy eviction,
    boolean hasNodeLifecycle,
    boolean hasTaintEviction,
    boolean hasConditionTaints,
    Optional<Duration> podEvictionTimeout,
    LiveChecks live,
    ForeignPolicy foreign) {
  /** Everything but writes of other controllers, which are not looked for. */
  public CorePolicy(
      HealthPolicy health,
      DisruptionPolicy disruption,
      EvictionPolicy eviction,
      boolean hasNodeLifecycle,
      boolean hasTaintEviction,
      boolean hasConditionTaints,
      Optional<Duration> podEvictionTimeout,
      LiveChecks live) {
    this(
        health,
        disruption,
        eviction,
        hasNodeLifecycle,
        hasTaintEviction,
        hasConditionTaints,
        podEvictionTimeout,
        live,
        ForeignPolicy.OFF);
  }

  /** The same, and whether writes of other controllers are looked for. */
  public CorePolicy with(ForeignPolicy other) {
    return new CorePolicy(
        health,
        disruption,
        eviction,
        hasNodeLifecycle,
        hasTaintEviction,
        hasConditionTaints,
        podEvictionTimeout,
        live,
        other);
  }

  /** The defaults: everything that Kubernetes does unless told otherwise. */
  public static CorePolicy defaults() {
    return new CorePolicy(
        HealthPolicy.defaults(),
        DisruptionPolicy.defaults(),
        EvictionPolicy.defaults(),
        true,
        true,
        true,
        Optional.empty(),
        LiveChecks.defaults());
  }

  /** Whether a failed node gets a NoExecute taint. */
  public boolean isByTaints() {
    return podEvictionTimeout.isEmpty();
  }

  /** What has to be listed and watched. */
  public Set<Resource> resources() {
    var resources = EnumSet.allOf(Resource.class);
    if (isByTaints() || !hasNodeLifecycle) {
      resources.remove(Resource.DAEMON_SETS);
    }
    return resources;
  }
}
