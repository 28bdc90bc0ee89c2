package io.nodelifecycle.kubernetes.informer;

import io.nodelifecycle.core.model.Resource;
import java.time.Duration;

/**
 * How long a watch may deliver nothing before it is opened anew, to see whether it was deaf.
 *
 * @param nodes for nodes
 * @param pods for pods and DaemonSets
 * @param leases for leases, which in a living cluster change all the time
 */
public record QuietLimits(Duration nodes, Duration pods, Duration leases) {
  private static final Duration LEASES_MIN = Duration.ofSeconds(2);
  private static final Duration OTHERS = Duration.ofSeconds(90);

  /**
   * The limits for this monitor period: bookmarks keep the watches of nodes and pods from silence.
   */
  public static QuietLimits of(Duration monitorPeriod) {
    var twice = monitorPeriod.multipliedBy(2);
    return new QuietLimits(OTHERS, OTHERS, twice.compareTo(LEASES_MIN) > 0 ? twice : LEASES_MIN);
  }

  Duration of(Resource resource) {
    return switch (resource) {
      case NODES -> nodes;
      case PODS, DAEMON_SETS -> pods;
      case LEASES -> leases;
    };
  }
}
