package io.nodelifecycle.core;

import io.nodelifecycle.core.eviction.DeadlinePlanner;
import io.nodelifecycle.core.eviction.EvictionDeadline;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.PodKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of evictions by NoExecute taints: when a pod has to go, what was announced of
 * it, and what is still to be written. Deadlines are computed afresh each time node or pod change.
 */
final class TaintEviction {
  private final CorePolicy policy;
  private final Patience patience;
  private final Outbox outbox;
  private final DeadlinePlanner planner;

  TaintEviction(CorePolicy policy, Patience patience, Outbox outbox) {
    this.policy = policy;
    this.patience = patience;
    this.outbox = outbox;
    this.planner = new DeadlinePlanner(policy.eviction());
  }

  /**
   * Judges a pod and starts, moves or cancels its timer.
   *
   * @param isHeld nothing may rest on the health of nodes for now
   */
  EvictionVerdict judge(PodEntry entry, @Nullable NodeEntry node, boolean isHeld, Instant now) {
    var work = entry.work;
    if (!policy.hasTaintEviction()) {
      return EvictionVerdict.STAYS;
    }
    if (entry.isEnding() || entry.pod.isMirror()) {
      if (work != null) {
        work.timer = null;
      }
      return EvictionVerdict.STAYS;
    }
    if (node == null || node.taints.isEmpty()) {
      cancel(entry);
      return EvictionVerdict.STAYS;
    }
    return switch (plan(entry, node, now)) {
      case EvictionDeadline.Never() -> {
        cancel(entry);
        yield EvictionVerdict.STAYS;
      }
      case EvictionDeadline.Immediately() -> due(entry, node, isHeld, now);
      case EvictionDeadline.At(var deadline) -> {
        entry.work().timer = deadline;
        yield deadline.isAfter(now) ? EvictionVerdict.WAITS : due(entry, node, isHeld, now);
      }
    };
  }

  private EvictionDeadline plan(PodEntry entry, NodeEntry node, Instant now) {
    var running = entry.work == null ? null : entry.work.timer;
    return planner.plan(entry.pod.tolerations(), node.taints, entry.boundAt(), running, now);
  }

  private EvictionVerdict due(PodEntry entry, NodeEntry node, boolean isHeld, Instant now) {
    if (!node.taints.hasHealthEviction()) {
      return EvictionVerdict.GOES;
    }
    // A node that is well again sheds its health taints; what they would still do is a mistake.
    var isWell = policy.hasNodeLifecycle() && node.node.ready() == ConditionStatus.TRUE;
    if (patience.isOver(now) && !isHeld && !isWell && !node.isShedding) {
      return EvictionVerdict.GOES;
    }
    if (!deadlineByHand(entry, node, now).isAfter(now)) {
      return EvictionVerdict.GOES;
    }
    return isWell || node.isShedding ? EvictionVerdict.STAYS : EvictionVerdict.HELD;
  }

  /** When the pod goes because of taints that someone set by hand, {@link Instant#MAX} if never. */
  Instant deadlineByHand(PodEntry entry, NodeEntry node, Instant now) {
    return switch (planner.planByHand(entry.pod.tolerations(), node.taints, entry.boundAt(), now)) {
      case EvictionDeadline.Never() -> Instant.MAX;
      case EvictionDeadline.Immediately() -> Instant.MIN;
      case EvictionDeadline.At(var deadline) -> deadline;
    };
  }

  /** Cancels the pod's timer, and says so if one ran. */
  void cancel(PodEntry entry) {
    var work = entry.work;
    if (work != null && work.timer != null) {
      work.timer = null;
      if (!work.isDeleted && !work.isGone && !entry.pod.isTerminating()) {
        outbox.evictionEvent(entry.pod.key(), "Cancelling deletion of");
      }
    }
  }

  /** The first write of the deletion goes out: people are told. */
  void mark(PodKey pod) {
    outbox.evictionEvent(pod, "Marking for deletion");
  }

  /** Whether the condition that precedes the deletion is still to be written. */
  boolean needsCondition(PodEntry entry) {
    return policy.eviction().hasDisruptionCondition()
        && (entry.work == null || !entry.work.hasCondition);
  }
}
