package io.nodelifecycle.core.zone;

/**
 * How fast nodes are tainted, by the state of their zone. Rates are nodes per second and zone.
 *
 * @param evictionRate {@code --node-eviction-rate}
 * @param secondaryEvictionRate {@code --secondary-node-eviction-rate}, in a partly disrupted large
 *     zone
 * @param largeClusterSizeThreshold {@code --large-cluster-size-threshold}: with more nodes a zone
 *     is large
 * @param unhealthyZoneThreshold {@code --unhealthy-zone-threshold}: the share of nodes that are not
 *     ready from which on a zone is partly disrupted
 */
public record DisruptionPolicy(
    double evictionRate,
    double secondaryEvictionRate,
    int largeClusterSizeThreshold,
    double unhealthyZoneThreshold) {
  /** A zone is not partly disrupted unless more nodes than this are not ready. */
  private static final int NOT_READY_TOLERATED = 2;

  /** The defaults of Kubernetes 1.36. */
  public static DisruptionPolicy defaults() {
    return new DisruptionPolicy(0.1, 0.01, 50, 0.55);
  }

  /**
   * The state of a zone with so many counted nodes; {@link ZoneState#INITIAL} if there are none.
   *
   * @param ready counted nodes that are ready
   * @param notReady counted nodes that are not
   */
  public ZoneState stateOf(int ready, int notReady) {
    if (ready == 0 && notReady == 0) {
      return ZoneState.INITIAL;
    }
    if (ready == 0) {
      return ZoneState.FULL_DISRUPTION;
    }
    var share = (double) notReady / (ready + notReady);
    return notReady > NOT_READY_TOLERATED && share >= unhealthyZoneThreshold
        ? ZoneState.PARTIAL_DISRUPTION
        : ZoneState.NORMAL;
  }

  /**
   * Nodes per second that may be tainted in a zone of this state.
   *
   * @param size how many nodes of the zone are counted
   */
  public double rateOf(ZoneState state, int size) {
    return switch (state) {
      case INITIAL, NORMAL, FULL_DISRUPTION -> evictionRate;
      case PARTIAL_DISRUPTION -> size > largeClusterSizeThreshold ? secondaryEvictionRate : 0;
    };
  }
}
