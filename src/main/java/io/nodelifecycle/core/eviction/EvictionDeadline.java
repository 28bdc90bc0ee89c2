package io.nodelifecycle.core.eviction;

import java.time.Instant;

/** When a pod has to go because of its node's NoExecute taints. */
public sealed interface EvictionDeadline {
  /** The pod may stay: no taint, or each is tolerated for ever. */
  record Never() implements EvictionDeadline {}

  /** The pod has to go at once: a taint is not tolerated at all. */
  record Immediately() implements EvictionDeadline {}

  /** The pod tolerates every taint, one of them only until then, which may have passed. */
  record At(Instant deadline) implements EvictionDeadline {}
}
