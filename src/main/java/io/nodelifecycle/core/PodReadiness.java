package io.nodelifecycle.core;

import io.nodelifecycle.core.PodEntry.PodWork;
import io.nodelifecycle.core.model.ConditionStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * While a node's Ready is Unknown, its pods are not ready. This is a level, not an edge: it holds
 * for pods that land there later, and after a crash between two writes.
 */
final class PodReadiness {
  private static final Duration WAIT_MAX = Duration.ofMinutes(5);

  private final CorePolicy policy;
  private final Outbox outbox;

  PodReadiness(CorePolicy policy, Outbox outbox) {
    this.policy = policy;
    this.outbox = outbox;
  }

  /** Whether the pod is to be marked not ready now. */
  boolean isMarkWanted(PodEntry entry, @Nullable NodeEntry node, Instant now) {
    return isContradiction(entry, node) && !nextMark(entry, node, now).isAfter(now);
  }

  private boolean isContradiction(PodEntry entry, @Nullable NodeEntry node) {
    return policy.hasNodeLifecycle()
        && node != null
        && node.node.ready() == ConditionStatus.UNKNOWN
        && entry.pod.ready() == ConditionStatus.TRUE
        && (entry.work == null || !entry.work.isGone);
  }

  /**
   * When the pod may be marked again after something made it ready meanwhile; {@link Instant#MAX}
   * if nothing is to be marked, the past if it may be at once.
   */
  Instant nextMark(PodEntry entry, @Nullable NodeEntry node, Instant now) {
    var work = entry.work;
    if (node == null || !isContradiction(entry, node)) {
      if (work != null) {
        work.readyMarkNotBefore = Instant.MIN;
        work.readyMarks = isSameEpisode(work, node) ? work.readyMarks : 0;
      }
      return Instant.MAX;
    }
    if (work == null || work.readyMarks == 0 || work.unknownEpisode != node.unknownEpisode) {
      return Instant.MIN;
    }
    if (work.readyMarkNotBefore.equals(Instant.MIN)) {
      // Counts from now, not from the last mark: a pod that its kubelet has just made ready may
      // have been seen before its node, which is then about to be ready as well.
      work.readyMarkNotBefore = now.plus(wait(work.readyMarks - 1));
    }
    return work.readyMarkNotBefore.isAfter(now) ? work.readyMarkNotBefore : Instant.MIN;
  }

  /** Whether the node is still unknown since the pod was marked. */
  private static boolean isSameEpisode(PodWork work, @Nullable NodeEntry node) {
    return node != null
        && node.node.ready() == ConditionStatus.UNKNOWN
        && work.unknownEpisode == node.unknownEpisode;
  }

  /**
   * The pod was marked: people are told the first time. What makes it ready again is let be for a
   * grace period, the next time for two, and so on up to five minutes.
   */
  void marked(PodEntry entry, @Nullable NodeEntry node, Instant now) {
    if (node == null) {
      return;
    }
    var work = entry.work();
    if (work.readyMarks == 0 || work.unknownEpisode != node.unknownEpisode) {
      work.readyMarks = 0;
      work.unknownEpisode = node.unknownEpisode;
      outbox.podNotReadyEvent(entry.pod.key());
    } else {
      outbox.add(new Action.PodReadyContested(entry.pod.key(), entry.pod.nodeName()));
    }
    work.readyMarkNotBefore = Instant.MIN;
    work.readyMarks++;
  }

  private Duration wait(int marks) {
    var wait = policy.health().monitorGrace();
    for (var i = 0; i < marks && wait.compareTo(WAIT_MAX) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(WAIT_MAX) < 0 ? wait : WAIT_MAX;
  }
}
