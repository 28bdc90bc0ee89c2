package io.nodelifecycle.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a node, as in {@code status.conditions}.
 *
 * @param type for example {@code Ready}
 * @param status its status, never {@link ConditionStatus#ABSENT}
 * @param lastHeartbeatTime when the kubelet last posted it, by the kubelet's clock; null if absent
 * @param lastTransitionTime when the status last changed, by the clock of who changed it; null if
 *     absent
 */
public record NodeCondition(
    String type,
    ConditionStatus status,
    @Nullable Instant lastHeartbeatTime,
    @Nullable Instant lastTransitionTime) {
  /** The kubelet is healthy and ready to accept pods. */
  public static final String READY = "Ready";

  /** Memory is low. */
  public static final String MEMORY_PRESSURE = "MemoryPressure";

  /** Disk capacity is low. */
  public static final String DISK_PRESSURE = "DiskPressure";

  /** Processes are many. */
  public static final String PID_PRESSURE = "PIDPressure";

  /** The node's network is not configured. */
  public static final String NETWORK_UNAVAILABLE = "NetworkUnavailable";
}
