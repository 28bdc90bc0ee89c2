package io.nodelifecycle.core;

import io.nodelifecycle.core.model.ConditionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Evictions without taints, the older way: a node that has been failed for the eviction timeout
 * enters its zone's queue; once let out, and for as long as it stays failed, its pods go.
 */
final class TimeoutEviction {
  private final Optional<Duration> timeout;
  private final Patience patience;
  private final DaemonSets daemonSets;

  TimeoutEviction(CorePolicy policy, Patience patience, DaemonSets daemonSets) {
    this.timeout = policy.hasNodeLifecycle() ? policy.podEvictionTimeout() : Optional.empty();
    this.patience = patience;
    this.daemonSets = daemonSets;
  }

  /** Whether evictions are decided here. */
  boolean isOn() {
    return timeout.isPresent();
  }

  /**
   * The last instant at which the node may still keep its pods: a node that says that it is not
   * ready has its timeout since it said so, a silent one since it was last heard; {@link
   * Instant#MAX} if it is not failed.
   */
  Instant end(NodeEntry node) {
    if (timeout.isEmpty()) {
      return Instant.MAX;
    }
    return switch (node.node.ready()) {
      case TRUE, ABSENT -> Instant.MAX;
      case FALSE -> node.health.transition().plus(timeout.get());
      case UNKNOWN -> node.health.probe().plus(timeout.get());
    };
  }

  /** Whether the node was let out of the queue and is still failed. */
  boolean isEvicted(@Nullable NodeEntry node) {
    return isOn()
        && node != null
        && node.isReleased
        && (node.node.ready() == ConditionStatus.FALSE
            || node.node.ready() == ConditionStatus.UNKNOWN);
  }

  /** Whether the pod's status is to say that its node is lost. */
  boolean isNodeLost(PodEntry entry, @Nullable NodeEntry node, Instant now) {
    return isEvicted(node)
        && patience.isOver(now)
        && !entry.pod.isNodeLost()
        && (entry.work == null || !entry.work.isGone);
  }

  /**
   * What becomes of the pod.
   *
   * @param isHeld nothing may rest on the health of nodes for now
   */
  EvictionVerdict judge(PodEntry entry, @Nullable NodeEntry node, boolean isHeld, Instant now) {
    if (!isEvicted(node)) {
      return EvictionVerdict.STAYS;
    }
    if (isHeld || !patience.isOver(now)) {
      return EvictionVerdict.HELD;
    }
    return isToGo(entry) ? EvictionVerdict.GOES : EvictionVerdict.STAYS;
  }

  /** Whether an eviction has done to the pod all that it does. */
  boolean isDone(PodEntry entry) {
    return !isToGo(entry) && (entry.pod.isNodeLost() || entry.isEnding());
  }

  private boolean isToGo(PodEntry entry) {
    return !entry.isEnding() && !entry.pod.isMirror() && !daemonSets.own(entry.pod);
  }
}
