package io.nodelifecycle.core.health;

import java.time.Duration;

/**
 * How long nodes may be silent.
 *
 * @param monitorPeriod {@code --node-monitor-period}: everything is looked at again at least this
 *     often
 * @param monitorGrace {@code --node-monitor-grace-period}
 * @param startupGrace {@code --node-startup-grace-period}, while a node has no Ready condition
 */
public record HealthPolicy(Duration monitorPeriod, Duration monitorGrace, Duration startupGrace) {
  /** The defaults of Kubernetes 1.36. */
  public static HealthPolicy defaults() {
    return new HealthPolicy(Duration.ofSeconds(5), Duration.ofSeconds(50), Duration.ofSeconds(60));
  }
}
