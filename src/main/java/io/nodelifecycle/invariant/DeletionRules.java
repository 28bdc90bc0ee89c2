package io.nodelifecycle.invariant;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.MarkDisruptionTarget;
import io.nodelifecycle.core.Action.MarkNodeLost;
import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.ReadNode;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which pods may be deleted, by taints and by timeout, and when. */
final class DeletionRules {
  private static final Duration ANSWER_IS_GOOD_FOR = Duration.ofSeconds(1);

  private final ProcessView view;
  private final Invariants.Facts facts;
  private final Reporter reporter;
  private final Tolerance tolerance;
  private final Map<NodeKey, Instant> readAt = new HashMap<>();

  DeletionRules(ProcessView view, Invariants.Facts facts) {
    this.view = view;
    this.facts = facts;
    this.reporter = facts.reporter();
    this.tolerance = new Tolerance(view.policy.eviction());
  }

  void applied(Read read, Instant now) {
    if (read instanceof ReadNode(var key)) {
      readAt.put(key, now);
    }
  }

  void answered(Read read, ReadOutcome outcome, Instant now) {
    if (!(read instanceof ReadNode(var key))) {
      return;
    }
    var at = readAt.remove(key);
    var seen = view.node(key);
    if (seen != null
        && outcome instanceof ReadOutcome.Node(var node)
        && node != null
        && node.key().equals(key)) {
      seen.liveAt = at == null ? now : at;
      seen.liveKnownAt = now;
    } else if (seen != null) {
      seen.liveKnownAt = Instant.MIN;
    }
  }

  void sent(DeletePod delete, Instant now) {
    var seen = pod(delete.pod(), delete.nodeName(), now);
    if (seen == null) {
      return;
    }
    checkToBeDeleted(seen, now);
    if (delete.isByTaints()) {
      checkTaints(seen, now);
    } else {
      checkTimeout(seen, now);
      reporter.check(
          !view.isOfDaemonSet(seen.pod),
          Rule.RIGHT_POD,
          seen.pod.key(),
          now,
          () -> "deleted after a timeout, it belongs to a DaemonSet");
    }
  }

  void sent(MarkDisruptionTarget mark, Instant now) {
    var seen = pod(mark.pod(), mark.nodeName(), now);
    if (seen != null) {
      checkToBeDeleted(seen, now);
      checkTaints(seen, now);
    }
  }

  void sent(MarkNodeLost mark, Instant now) {
    var seen = pod(mark.pod(), mark.nodeName(), now);
    if (seen != null) {
      checkTimeout(seen, now);
    }
  }

  private @Nullable SeenPod pod(PodKey key, String nodeName, Instant now) {
    var seen = view.pod(key);
    reporter.check(
        seen != null && seen.pod.key().equals(key) && seen.pod.nodeName().equals(nodeName),
        Rule.RIGHT_POD,
        key,
        now,
        () -> "is to go from " + nodeName + ", and no such pod is known there");
    return seen;
  }

  private void checkToBeDeleted(SeenPod seen, Instant now) {
    var pod = seen.pod;
    reporter.check(
        !pod.isMirror(), Rule.RIGHT_POD, pod.key(), now, () -> "deleted, it is a mirror pod");
    reporter.check(
        !pod.isTerminating() && !seen.isEnding,
        Rule.RIGHT_POD,
        pod.key(),
        now,
        () -> "deleted again, it is terminating already");
  }

  private void checkTaints(SeenPod seen, Instant now) {
    var pod = seen.pod;
    var node = view.node(pod.nodeName());
    if (node == null) {
      reporter.report(Rule.UNTOLERATED_ONLY, pod.key(), now, "deleted, its node is not known");
      return;
    }
    var deadline = deadline(node.taints, pod, seen.bound, TaintTimes.Part.ALL);
    checkDeadline(deadline, pod, node.taints, now);
    if (deadline(node.taints, pod, seen.bound, TaintTimes.Part.SET_BY_HAND).isAfter(now)) {
      checkHealthCounts(pod, now);
      reporter.check(
          !node.isShedding,
          Rule.CLUSTER_STOP,
          pod.key(),
          now,
          () -> "deleted for a health taint that was there when all zones were disrupted");
    }
    checkLive(seen, node, now);
  }

  private Instant deadline(
      TaintTimes taints, PodSnapshot pod, Instant bound, TaintTimes.Part part) {
    var deadline = taints.deadline(tolerance, pod.tolerations(), bound, part);
    var isOpen = !deadline.equals(Instant.MIN) && !deadline.equals(Instant.MAX);
    return isOpen && !view.policy.eviction().isAnchoredAtTaint()
        ? taints.earliestTimer(pod.tolerations())
        : deadline;
  }

  private void checkDeadline(Instant deadline, PodSnapshot pod, TaintTimes taints, Instant now) {
    if (deadline.equals(Instant.MAX)) {
      reporter.report(
          Rule.UNTOLERATED_ONLY,
          pod.key(),
          now,
          "deleted from " + pod.nodeName() + ", it tolerates " + taints + " for ever");
    } else {
      reporter.check(
          !now.isBefore(deadline),
          Rule.DEADLINE,
          pod.key(),
          now,
          () -> "deleted " + Moments.between(now, deadline) + " before its deadline; " + taints);
    }
  }

  /** Because of node health: not while nothing may be concluded. */
  private void checkHealthCounts(PodSnapshot pod, Instant now) {
    reporter.check(
        !view.hearing.isPatient(now),
        Rule.PATIENCE,
        pod.key(),
        now,
        () -> "deleted for node health during patience: " + view.hearing);
    reporter.check(
        !view.zones.isStopped(),
        Rule.CLUSTER_STOP,
        pod.key(),
        now,
        () -> "deleted for node health, all zones are disrupted");
  }

  private void checkLive(SeenPod seen, SeenNode node, Instant now) {
    var pod = seen.pod;
    if (!view.policy.live().hasTaints()) {
      checkTruth(pod, node.key, Moments.minus(now, facts.slack().staleness()), now);
      return;
    }
    var until = Moments.plus(node.liveKnownAt, ANSWER_IS_GOOD_FOR);
    if (node.liveKnownAt.equals(Instant.MIN) || now.isAfter(until)) {
      reporter.report(
          Rule.LIVE_TAINTS,
          pod.key(),
          now,
          "deleted, its node was read live " + Moments.between(node.liveKnownAt, now) + " ago");
    } else {
      checkTruth(pod, node.key, node.liveAt, now);
    }
  }

  private void checkTruth(PodSnapshot pod, NodeKey key, Instant from, Instant now) {
    checkTruth(facts, tolerance, pod, new Span(key, from, now));
  }

  /** A node during some time. */
  record Span(NodeKey node, Instant from, Instant to) {}

  /** In truth the node carried a taint for which the pod had to go. */
  static void checkTruth(Invariants.Facts facts, Tolerance tolerance, PodSnapshot pod, Span span) {
    var real = facts.truth().pod(pod.key());
    if (real == null) {
      // Gone or never reported: the deletion does nothing.
      return;
    }
    var latest = Moments.plus(span.to, facts.slack().clockError());
    var versions = facts.truth().versions(span.node, span.from, span.to);
    var bound = pod.nodeName().equals(real.pod().nodeName()) ? real.bound() : Instant.MIN;
    var isDue =
        versions.stream()
            .anyMatch(version ->
                !tolerance
                    .earliest(
                        version
                            .taints()
                            .deadline(tolerance, pod.tolerations(), bound, TaintTimes.Part.ALL))
                    .isAfter(latest));
    facts
        .reporter()
        .check(
            isDue,
            Rule.LIVE_TAINTS,
            pod.key(),
            span.to,
            () ->
                "deleted, and what %s really carried since %s does not ask for it: %s"
                    .formatted(
                        span.node,
                        span.from,
                        versions.stream().map(Truth.Version::taints).toList()));
  }

  private void checkTimeout(SeenPod seen, Instant now) {
    var pod = seen.pod;
    var node = view.node(pod.nodeName());
    reporter.check(
        !view.policy.isByTaints()
            && node != null
            && node.isUnready()
            && node.releasedIn == view.zones.stretch(),
        Rule.EVICTION_TIMEOUT,
        pod.key(),
        now,
        () -> "to go from " + pod.nodeName() + ", which was not given up or is well again");
    checkHealthCounts(pod, now);
  }

  /** The API server carries a deletion out. */
  static void applied(Invariants.Facts facts, DeletePod delete, Instant now) {
    var uid = facts.truth().uidOf(delete.pod());
    facts
        .reporter()
        .check(
            uid == null || uid.equals(delete.pod().uid()),
            Rule.RIGHT_POD,
            delete.pod(),
            now,
            () -> "deleted as uid " + delete.pod().uid() + ", it is " + uid);
    var real = facts.truth().pod(delete.pod());
    facts
        .reporter()
        .check(
            real == null || !real.pod().isMirror(),
            Rule.RIGHT_POD,
            delete.pod(),
            now,
            () -> "deleted, it is a mirror pod");
  }

  /** The actions that this is about. */
  void sent(Action.Write write, Instant now) {
    switch (write) {
      case DeletePod delete -> sent(delete, now);
      case MarkDisruptionTarget mark -> sent(mark, now);
      case MarkNodeLost mark -> sent(mark, now);
      case Action.PatchNodeStatus _,
          Action.PatchNodeTaints _,
          Action.PatchNodeLabels _,
          Action.MarkPodNotReady _ -> {}
    }
  }
}
