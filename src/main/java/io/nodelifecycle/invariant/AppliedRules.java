package io.nodelifecycle.invariant;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.invariant.DeletionRules.Span;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the API server may carry out, whoever asked for it. */
final class AppliedRules {
  private AppliedRules() {}

  /** The write meets the object that was meant, in the version that was judged. */
  static void check(Invariants.Facts facts, Write write, Instant now) {
    if (write instanceof DeletePod delete) {
      DeletionRules.applied(facts, delete, now);
      return;
    }
    var key = Subjects.node(write);
    var node = key == null ? null : facts.truth().node(key.name());
    if (key != null && node != null) {
      checkVersion(
          facts, write, node.uid().equals(key.uid()) ? node.resourceVersion() : "another", now);
    }
    var podKey = Subjects.pod(write);
    if (podKey != null) {
      var pod = facts.truth().pod(podKey);
      var uid = facts.truth().uidOf(podKey);
      if (pod != null) {
        checkVersion(facts, write, pod.pod().resourceVersion(), now);
      } else if (uid != null) {
        facts
            .reporter()
            .report(Rule.RIGHT_POD, podKey, now, "written, there is only one of uid " + uid);
      }
    }
  }

  private static void checkVersion(Invariants.Facts facts, Write write, String real, Instant now) {
    var judged = Subjects.version(write);
    var isAny = judged.isEmpty() && !real.equals("another");
    facts
        .reporter()
        .check(
            isAny || judged.equals(real),
            Rule.JUDGED_VERSION,
            write.text(),
            now,
            () -> "carried out on version " + real + ", judged was " + judged);
  }

  /** What can be said without knowing what the sender knew. */
  static void checkUnseen(Invariants.Facts facts, CorePolicy policy, Write write, Instant now) {
    switch (write) {
      case PatchNodeStatus patch -> {
        var node = facts.truth().node(patch.node().name());
        SilenceRules.checkTruth(patch, shortest(policy, node), facts, now);
      }
      case PatchNodeTaints patch -> checkTaints(facts, policy, patch, now);
      case DeletePod delete -> checkDeletion(facts, policy, delete, now);
      case Action.PatchNodeLabels _,
          Action.MarkPodNotReady _,
          Action.MarkDisruptionTarget _,
          Action.MarkNodeLost _ -> {}
    }
  }

  private static Duration shortest(CorePolicy policy, @Nullable NodeSnapshot node) {
    var isNew = node != null && node.ready() == ConditionStatus.ABSENT;
    return isNew ? policy.health().startupGrace() : policy.health().monitorGrace();
  }

  /** The version is the one that was judged, so its conditions say all that has to be. */
  private static void checkTaints(
      Invariants.Facts facts, CorePolicy policy, PatchNodeTaints patch, Instant now) {
    var node = facts.truth().node(patch.node().name());
    if (node == null || !policy.hasConditionTaints()) {
      return;
    }
    var wanted = TaintRules.noSchedule(node);
    var sent = TaintRules.ownedNoSchedule(patch.taints());
    facts
        .reporter()
        .check(
            wanted.equals(sent),
            Rule.NO_SCHEDULE_TAINTS,
            patch.node(),
            now,
            () -> "sent " + sent + ", should be " + wanted);
  }

  private static void checkDeletion(
      Invariants.Facts facts, CorePolicy policy, DeletePod delete, Instant now) {
    var pod = facts.truth().pod(delete.pod());
    var node = facts.truth().node(delete.nodeName());
    if (pod == null || !delete.isByTaints()) {
      return;
    }
    var key =
        node == null ? new NodeKey(delete.nodeName(), "") : new NodeKey(node.name(), node.uid());
    var from = Moments.minus(now, facts.slack().staleness());
    DeletionRules.checkTruth(
        facts, new Tolerance(policy.eviction()), pod.pod(), new Span(key, from, now));
  }
}
