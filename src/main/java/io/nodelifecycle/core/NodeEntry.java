package io.nodelifecycle.core;

import io.nodelifecycle.core.eviction.TaintHistory;
import io.nodelifecycle.core.health.NodeHealth;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeSnapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Everything that is remembered of one node, as long as it exists. */
final class NodeEntry {
  final NodeKey key;
  final NodeHealth health;
  final WriteSlot slot = new WriteSlot();
  NodeSnapshot node;
  TaintHistory taints = TaintHistory.NONE;

  /** When it was last read live. */
  final LiveReading live = new LiveReading();

  /** The list in which it was last reported. */
  int generation;

  /** Nothing was heard of it for longer than its grace period. */
  boolean isSilent;

  /** The end of its grace period, as long as it is silent and nothing was written of that. */
  @Nullable Instant unwrittenSince;

  /**
   * Its zone's queue let it out: the taint is not on it yet or, in evictions without taints, it has
   * been failed ever since.
   */
  boolean isReleased;

  /**
   * It carried a health taint while the cluster-wide stop was on, and still does: that goes, also
   * if the stop is over before it could be taken off, and evicts nothing.
   */
  boolean isShedding;

  /** It appeared while we watched, and nobody was told yet. */
  boolean isToBeRegistered;

  /** The status write that is under way turns Ready from True to Unknown. */
  boolean isLosingReady;

  /**
   * How often its Ready condition became Unknown: what was remembered of an earlier time is void.
   */
  int unknownEpisode;

  NodeEntry(NodeSnapshot node, NodeHealth health) {
    this.key = node.key();
    this.node = node;
    this.health = health;
  }
}
