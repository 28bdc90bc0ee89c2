package io.nodelifecycle.runtime;

import io.nodelifecycle.core.LifecycleStatus;
import java.time.Instant;
import java.util.Map;

/**
 * How the control loop is doing. Immutable, so that any thread may look at it.
 *
 * @param at when this was so, on the monotonic time line
 * @param lifecycle the deciding part
 * @param queues every queue
 */
public record LoopStatus(
    Instant at, LifecycleStatus lifecycle, Map<WorkQueue, QueueStatus> queues) {
  /** Copies the map. */
  public LoopStatus {
    queues = Map.copyOf(queues);
  }
}
