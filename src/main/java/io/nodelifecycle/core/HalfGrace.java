package io.nodelifecycle.core;

import io.nodelifecycle.core.health.HealthPolicy;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeLabels;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * Whether some node is surely well: Ready, counted, and unheard for half its grace period at most.
 *
 * <p>A node becomes that only when something is seen of it, so each one that was seen is looked at
 * once, when the answer depends on it.
 */
final class HalfGrace {
  private final HealthPolicy policy;

  /** All nodes that are surely well, and some that were. */
  private final SequencedSet<NodeEntry> candidates = new LinkedHashSet<>();

  HalfGrace(HealthPolicy policy) {
    this.policy = policy;
  }

  /** A node was heard, or its status or labels may have changed. */
  void seen(NodeEntry entry) {
    candidates.add(entry);
  }

  /** A node is gone. */
  void forget(NodeEntry entry) {
    candidates.remove(entry);
  }

  /** Whether there is such a node. */
  boolean hasWell(Instant now) {
    while (!candidates.isEmpty()) {
      if (isWell(candidates.getFirst(), now)) {
        return true;
      }
      candidates.removeFirst();
    }
    return false;
  }

  private boolean isWell(NodeEntry entry, Instant now) {
    return entry.node.ready() == ConditionStatus.TRUE
        && !entry.node.labels().containsKey(NodeLabels.EXCLUDE_DISRUPTION)
        && !entry.health.isSuspect(policy, now);
  }

  /** How many nodes are kept. */
  int remembered() {
    return candidates.size();
  }
}
