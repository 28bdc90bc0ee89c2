package io.nodelifecycle.invariant;

import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Taint;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Which taints a node may be given, by what the API server held. A write is carried out on the
 * version that was judged only, so the node itself is known; of other nodes it may be known late
 * how they are.
 */
final class UnseenTaints {
  private final Truth truth;
  private final Lag lag;
  private final Reporter reporter;
  private final CorePolicy policy;

  UnseenTaints(Invariants.Facts facts, CorePolicy policy) {
    this.truth = facts.truth();
    this.lag = facts.lag();
    this.reporter = facts.reporter();
    this.policy = policy;
  }

  void check(PatchNodeTaints patch, Instant now) {
    var node = truth.node(patch.node().name());
    if (node == null || !node.resourceVersion().equals(patch.resourceVersion())) {
      return;
    }
    var wanted =
        policy.hasConditionTaints()
            ? TaintRules.noSchedule(node)
            : TaintRules.ownedNoSchedule(node);
    var sent = TaintRules.ownedNoSchedule(patch.taints());
    reporter.check(
        wanted.equals(sent),
        Rule.NO_SCHEDULE_TAINTS,
        patch.node(),
        now,
        () -> "sent " + sent + ", should be " + wanted);
    var kept = foreign(node.taints());
    var others = foreign(patch.taints());
    reporter.check(
        kept.equals(others),
        Rule.NO_SCHEDULE_TAINTS,
        patch.node(),
        now,
        () -> "makes " + others + " of the taints " + kept + ", which it should leave alone");
    checkHealth(node, TaintRules.health(patch.taints()), now);
  }

  private static List<Taint> foreign(List<Taint> taints) {
    return TaintRules.sorted(
        taints.stream()
            .filter(taint -> !TaintRules.isOwnedNoSchedule(taint) && !TaintTimes.isHealth(taint))
            .toList());
  }

  private void checkHealth(NodeSnapshot node, Set<String> sent, Instant now) {
    if (!sent.isEmpty() && policy.isByTaints() && isSurelyStopped(now)) {
      reporter.report(
          Rule.CLUSTER_STOP,
          node.key(),
          now,
          "is sent " + sent + ", no zone has a Ready node since " + truth.allDownSince());
      return;
    }
    var carried = TaintRules.health(node.taints());
    var isTakenOff = sent.isEmpty() && !carried.isEmpty();
    var isKept =
        switch (node.ready()) {
          case TRUE -> sent.isEmpty();
          case ABSENT -> sent.equals(carried) || (isTakenOff && isPossiblyShed(node, now));
          case FALSE -> isKept(TaintTimes.NOT_READY, node, sent, now);
          case UNKNOWN -> isKept(TaintTimes.UNREACHABLE, node, sent, now);
        };
    reporter.check(
        isKept,
        Rule.NO_EXECUTE_TAINTS,
        node.key(),
        now,
        () -> "Ready is %s, it carries %s, is sent %s".formatted(node.ready(), carried, sent));
  }

  private boolean isKept(String key, NodeSnapshot node, Set<String> sent, Instant now) {
    var carried = TaintRules.health(node.taints());
    if (sent.isEmpty()) {
      return carried.isEmpty() || isPossiblyShed(node, now);
    }
    return policy.isByTaints() ? sent.equals(Set.of(key)) : sent.equals(carried);
  }

  /** Everybody knows by now that no zone has a Ready node. */
  private boolean isSurelyStopped(Instant now) {
    return isSurelyStopped(truth, lag, now);
  }

  static boolean isSurelyStopped(Truth truth, Lag lag, Instant now) {
    return !truth.allDownSince().isAfter(lag.oldest(now));
  }

  /** It goes during a cluster-wide stop, and later if it was there then. */
  private boolean isPossiblyShed(NodeSnapshot node, Instant now) {
    return isPossiblyStopped(now)
        || truth.versions(node.name(), now, now).stream()
            .anyMatch(version -> version.taints().hasHealthSince(truth.allDownUntil()));
  }

  /** There is no node of which all must have known for long that it is well. */
  private boolean isPossiblyStopped(Instant now) {
    return truth.nodeNames().stream().noneMatch(name -> isSurelyReady(name, now));
  }

  private boolean isSurelyReady(String name, Instant now) {
    var since = lag.oldest(now);
    var versions = truth.versions(name, since, now);
    var isOld = !versions.isEmpty() && !versions.getLast().from().isAfter(since);
    var heard = truth.heardBy(name, since);
    return isOld
        && versions.stream().allMatch(each -> each.isCounted() && each.isReady())
        && Moments.plus(heard, policy.health().monitorGrace()).isAfter(now);
  }
}
