package io.nodelifecycle.invariant;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.ReadLease;
import io.nodelifecycle.core.Action.ReadLeases;
import io.nodelifecycle.core.Action.UnknownCondition;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When a node may be declared silent, and what of its status may then be written. */
final class SilenceRules {
  private static final List<String> POSTED_BY_KUBELETS =
      List.of(
          NodeCondition.READY,
          NodeCondition.MEMORY_PRESSURE,
          NodeCondition.DISK_PRESSURE,
          NodeCondition.PID_PRESSURE);

  private static final Duration LISTS_APART = Duration.ofSeconds(1);

  private final ProcessView view;
  private final Truth truth;
  private final Reporter reporter;
  private @Nullable Instant readAt;
  private @Nullable Answer answer;
  private Instant listSentAt = Instant.MIN;

  SilenceRules(ProcessView view, Truth truth, Reporter reporter) {
    this.view = view;
    this.truth = truth;
    this.reporter = reporter;
  }

  /** The last live read of leases that succeeded, and when the API server answered it. */
  private record Answer(Read read, @Nullable Instant at, Map<String, String> versions) {
    boolean covers(String nodeName) {
      return !(read instanceof ReadLease(var name)) || name.equals(nodeName);
    }
  }

  void answered(Read read, ReadOutcome outcome) {
    if (outcome instanceof ReadOutcome.Leases(var versions)) {
      answer = new Answer(read, readAt, versions);
      readAt = null;
    }
  }

  void applied(Read read, Instant now) {
    if (read instanceof ReadLease || read instanceof ReadLeases) {
      readAt = now;
    }
  }

  void sentRead(Read read, Instant now) {
    if (!(read instanceof ReadLeases)) {
      return;
    }
    reporter.check(
        !now.isBefore(Moments.plus(listSentAt, LISTS_APART)),
        Rule.LEASE_LISTS,
        "leases",
        now,
        () -> "all leases are read " + Moments.between(listSentAt, now) + " after the last time");
    listSentAt = now;
  }

  /** The process says that a node is silent. */
  void silent(NodeKey key, Instant now) {
    var seen = view.node(key);
    if (seen == null) {
      reporter.report(Rule.SILENCE, key, now, "declared silent, and it is not known");
      return;
    }
    seen.isSilent = true;
    view.zones.place(seen, now);
    checkUnheard(seen, now);
    if (view.policy.live().hasLeases()) {
      checkLease(seen, now);
    }
  }

  /** The process says that a node was heard after all. */
  void heard(NodeKey key, Instant now) {
    var seen = view.node(key);
    if (seen != null) {
      seen.isSilent = false;
      view.zones.place(seen, now);
    }
  }

  private void checkUnheard(SeenNode seen, Instant now) {
    var probe = seen.probe(view.zones.restartedAt());
    var grace = seen.grace(view.policy);
    reporter.check(
        now.isAfter(Moments.plus(probe, grace)),
        Rule.SILENCE,
        seen.key,
        now,
        () -> "held silent, last heard " + Moments.between(probe, now) + " ago, grace is " + grace);
    checkPatience(seen.key, now);
  }

  private void checkPatience(NodeKey key, Instant now) {
    reporter.check(
        !view.hearing.isPatient(now),
        Rule.PATIENCE,
        key,
        now,
        () -> "held silent during patience: " + view.hearing);
  }

  private void checkLease(SeenNode seen, Instant now) {
    var last = answer;
    var name = seen.key.name();
    var cached = seen.lease();
    if (last == null || !last.covers(name)) {
      reporter.report(Rule.LIVE_LEASE, seen.key, now, "held silent, its lease was not read live");
      return;
    }
    var graceEnd = Moments.plus(seen.probe(view.zones.restartedAt()), seen.grace(view.policy));
    var at = last.at;
    var live = last.versions.get(name);
    reporter.check(
        (live == null || live.equals(cached)) && (at == null || at.isAfter(graceEnd)),
        Rule.LIVE_LEASE,
        seen.key,
        now,
        () -> "held silent with lease " + cached + ", live is " + live + ", read at " + at);
    var real = at == null ? null : truth.lease(name, at);
    reporter.check(
        real == null || real.equals(cached),
        Rule.LIVE_LEASE,
        seen.key,
        now,
        () -> "held silent with lease " + cached + ", which really was " + real + " at " + at);
  }

  /** Conditions of a silent node are sent. */
  void sent(PatchNodeStatus patch, Instant now) {
    var seen = view.node(patch.node());
    if (seen == null) {
      reporter.report(Rule.SILENCE, patch.node(), now, "conditions sent of a node not known");
      return;
    }
    reporter.check(
        seen.isSilent,
        Rule.SILENCE,
        seen.key,
        now,
        () -> "conditions sent, it was not held silent");
    checkUnheard(seen, now);
    var wanted = unknown(seen.node);
    reporter.check(
        new HashSet<>(wanted).equals(new HashSet<>(patch.conditions()))
            && wanted.size() == patch.conditions().size()
            && !wanted.isEmpty(),
        Rule.UNKNOWN_CONDITIONS,
        seen.key,
        now,
        () -> "sent " + patch.conditions() + ", should be " + wanted);
  }

  /** What of a silent node becomes Unknown. */
  static List<UnknownCondition> unknown(NodeSnapshot node) {
    var unknown = new ArrayList<UnknownCondition>();
    if (node.ready() == ConditionStatus.UNKNOWN) {
      return unknown;
    }
    for (var type : POSTED_BY_KUBELETS) {
      var status = node.status(type);
      if (status != ConditionStatus.UNKNOWN) {
        var posted = status == ConditionStatus.ABSENT ? node.creationTimestamp() : null;
        unknown.add(new UnknownCondition(type, posted));
      }
    }
    return unknown;
  }

  /** The actions that this is about. */
  void announced(Action action, Instant now) {
    if (action instanceof Action.NodeSilent(var key, _, _)) {
      silent(key, now);
    } else if (action instanceof Action.NodeHeard(var key)) {
      heard(key, now);
    }
  }
}
