package io.nodelifecycle.invariant;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.MarkDisruptionTarget;
import io.nodelifecycle.core.Action.MarkNodeLost;
import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeSnapshot;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * What can be said of a write by what the API server held, without knowing what the sender was
 * shown: it must be right by the state at some moment that he may have taken for the latest.
 */
final class UnseenRules {
  /** All that are looked at here and in {@link AppliedRules}. */
  static final Set<Rule> RULES =
      Collections.unmodifiableSet(
          EnumSet.of(
              Rule.UNTOLERATED_ONLY,
              Rule.LIVE_TAINTS,
              Rule.DEADLINE,
              Rule.EVICTION_TIMEOUT,
              Rule.RIGHT_POD,
              Rule.SILENCE,
              Rule.PATIENCE,
              Rule.UNKNOWN_CONDITIONS,
              Rule.JUDGED_VERSION,
              Rule.NO_SCHEDULE_TAINTS,
              Rule.NO_EXECUTE_TAINTS,
              Rule.CLUSTER_STOP,
              Rule.POD_READINESS,
              Rule.LABELS,
              Rule.SWITCHED_OFF));

  private final Truth truth;
  private final Lag lag;
  private final Invariants.Facts facts;
  private final Reporter reporter;
  private final CorePolicy policy;

  UnseenRules(Invariants.Facts facts, CorePolicy policy) {
    this.truth = facts.truth();
    this.lag = facts.lag();
    this.facts = facts;
    this.reporter = facts.reporter();
    this.policy = policy;
  }

  /** A write that is carried out. */
  void applied(Write write, Instant now) {
    checkSwitch(write, now);
    switch (write) {
      case PatchNodeStatus patch -> checkSilence(patch, now);
      case PatchNodeTaints patch -> new UnseenTaints(facts, policy).check(patch, now);
      case PatchNodeLabels patch -> checkLabels(patch, now);
      case MarkPodNotReady mark -> checkReadiness(mark, now);
      case MarkDisruptionTarget mark -> deletions().toBeDeleted(mark.pod(), now);
      case MarkNodeLost mark -> deletions().toBeLost(mark.pod(), now);
      case DeletePod delete -> deletions().toBeDeleted(delete.pod(), now);
    }
  }

  private UnseenDeletions deletions() {
    return new UnseenDeletions(facts, policy);
  }

  /** A write that is refused: it may be late, but it must have been meant for what was there. */
  void refused(Write write, Instant now) {
    if (write instanceof DeletePod delete) {
      var since = lag.oldest(now);
      reporter.check(
          truth.hadPod(delete.pod(), since),
          Rule.RIGHT_POD,
          delete.pod(),
          now,
          () -> "to be deleted, there is no such pod since " + since);
    }
  }

  private void checkSwitch(Write write, Instant now) {
    var isOn =
        switch (write) {
          case PatchNodeStatus _,
              PatchNodeTaints _,
              PatchNodeLabels _,
              MarkPodNotReady _,
              MarkNodeLost _ ->
              policy.hasNodeLifecycle();
          case MarkDisruptionTarget _ ->
              policy.hasTaintEviction() && policy.eviction().hasDisruptionCondition();
          case DeletePod _ -> policy.hasTaintEviction() || policy.podEvictionTimeout().isPresent();
        };
    reporter.check(isOn, Rule.SWITCHED_OFF, write.text(), now, () -> "sent, its controller is off");
  }

  private void checkSilence(PatchNodeStatus patch, Instant now) {
    var node = truth.node(patch.node().name());
    if (node == null || !node.uid().equals(patch.node().uid())) {
      return;
    }
    var heard = truth.heardBy(node.name(), lag.oldest(now));
    var isNew = node.ready() == ConditionStatus.ABSENT;
    var health = policy.health();
    var graceEnd = Moments.plus(heard, isNew ? health.startupGrace() : health.monitorGrace());
    // The startup grace counts from a time in the object.
    var latest = isNew ? Moments.plus(now, facts.slack().clockError()) : now;
    reporter.check(
        !graceEnd.isAfter(latest),
        Rule.SILENCE,
        patch.node(),
        now,
        () ->
            "becomes Unknown, it is known to have been heard "
                + Moments.between(heard, now)
                + " ago");
    reporter.check(
        !lag.isPatient(health, now),
        Rule.PATIENCE,
        patch.node(),
        now,
        () -> "becomes Unknown, soon after nobody could reach the API server");
    checkConditions(patch, node, now);
  }

  private void checkConditions(PatchNodeStatus patch, NodeSnapshot node, Instant now) {
    if (!node.resourceVersion().equals(patch.resourceVersion())) {
      return;
    }
    var wanted = SilenceRules.unknown(node);
    reporter.check(
        !wanted.isEmpty()
            && wanted.size() == patch.conditions().size()
            && new HashSet<>(wanted).equals(new HashSet<>(patch.conditions())),
        Rule.UNKNOWN_CONDITIONS,
        patch.node(),
        now,
        () -> "sent " + patch.conditions() + ", should be " + wanted);
  }

  private void checkLabels(PatchNodeLabels patch, Instant now) {
    var isWanted =
        truth.versions(patch.node(), lag.oldest(now), now).stream()
            .map(Truth.Version::node)
            .anyMatch(
                node -> node != null && TaintRules.labels(node.labels()).equals(patch.labels()));
    reporter.check(
        isWanted && !patch.labels().isEmpty(),
        Rule.LABELS,
        patch.node(),
        now,
        () -> "sent " + patch.labels() + ", which follow from no other labels");
  }

  private void checkReadiness(MarkPodNotReady mark, Instant now) {
    var pod = truth.pod(mark.pod());
    if (pod == null) {
      return;
    }
    var isUnknown =
        truth.versions(pod.pod().nodeName(), lag.oldest(now), now).stream()
            .map(Truth.Version::node)
            .anyMatch(node -> node != null && node.ready() == ConditionStatus.UNKNOWN);
    reporter.check(
        isUnknown && pod.pod().ready() == ConditionStatus.TRUE,
        Rule.POD_READINESS,
        mark.pod(),
        now,
        () ->
            "marked not ready, its Ready is %s; %s is not Unknown"
                .formatted(pod.pod().ready(), pod.pod().nodeName()));
  }
}
