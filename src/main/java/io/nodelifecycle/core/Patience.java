package io.nodelifecycle.core;

import io.nodelifecycle.core.health.HealthPolicy;
import io.nodelifecycle.core.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether anything may be concluded from silence. After this process could not hear (a cold start,
 * a pause, a broken watch of nodes or leases), nothing is for one grace period.
 */
final class Patience {
  private final HealthPolicy policy;
  private final Set<Resource> broken = EnumSet.noneOf(Resource.class);
  private Instant until = Instant.MAX;

  Patience(HealthPolicy policy) {
    this.policy = policy;
  }

  /** All caches are complete for the first time. */
  void started(Instant now) {
    until = now.plus(policy.monitorGrace());
  }

  /** A watch broke. */
  void broke(Resource resource) {
    if (resource == Resource.NODES || resource == Resource.LEASES) {
      broken.add(resource);
    }
  }

  /**
   * A watch delivers again.
   *
   * @return whether that makes for one grace period of patience
   */
  boolean restored(Resource resource, Duration gap, Instant now) {
    var counts = resource == Resource.NODES || resource == Resource.LEASES;
    broken.remove(resource);
    return counts && blinded(gap, now);
  }

  /**
   * Nothing could be heard for so long.
   *
   * @return whether that makes for one grace period of patience
   */
  boolean blinded(Duration gap, Instant now) {
    if (until.equals(Instant.MAX) || gap.compareTo(policy.monitorPeriod().multipliedBy(2)) <= 0) {
      return false;
    }
    until = now.plus(policy.monitorGrace());
    return true;
  }

  /** Whether silence means something now. */
  boolean isOver(Instant now) {
    return broken.isEmpty() && !now.isBefore(until);
  }

  /** When {@link #isOver} may become true, {@link Instant#MAX} if it is not foreseeable. */
  Instant end() {
    return broken.isEmpty() ? until : Instant.MAX;
  }
}
