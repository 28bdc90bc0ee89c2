package io.nodelifecycle.invariant;

import io.nodelifecycle.core.health.HealthPolicy;
import io.nodelifecycle.core.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** Whether a process may conclude anything from silence. */
final class Hearing {
  private final HealthPolicy policy;
  private final Set<Resource> broken = EnumSet.noneOf(Resource.class);
  private Instant patientUntil = Instant.MAX;
  private String why = "not synced";

  Hearing(HealthPolicy policy) {
    this.policy = policy;
  }

  void synced(Instant now) {
    beginPatience("started", now);
  }

  void broke(Resource resource) {
    if (matters(resource)) {
      broken.add(resource);
    }
  }

  void restored(Resource resource, Duration gap, Instant now) {
    broken.remove(resource);
    if (matters(resource)) {
      missed(gap, "watch of " + resource.plural() + " broken for " + gap, now);
    }
  }

  void paused(Duration gap, Instant now) {
    missed(gap, "paused for " + gap, now);
  }

  private static boolean matters(Resource resource) {
    return resource == Resource.NODES || resource == Resource.LEASES;
  }

  private void missed(Duration gap, String reason, Instant now) {
    var isSynced = !patientUntil.equals(Instant.MAX);
    if (isSynced && gap.compareTo(policy.monitorPeriod().multipliedBy(2)) > 0) {
      beginPatience(reason, now);
    }
  }

  private void beginPatience(String reason, Instant now) {
    patientUntil = Moments.plus(now, policy.monitorGrace());
    why = reason;
  }

  boolean isPatient(Instant now) {
    return now.isBefore(patientUntil) || !broken.isEmpty();
  }

  @Override
  public String toString() {
    return broken.isEmpty() ? why + ", until " + patientUntil : "broken watches " + broken;
  }
}
