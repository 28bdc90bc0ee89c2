package io.nodelifecycle.invariant;

import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.invariant.Truth.TruePod;
import io.nodelifecycle.invariant.Truth.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which pods may be deleted, by what the API server held. */
final class UnseenDeletions {
  private final Truth truth;
  private final Lag lag;
  private final Duration clockError;
  private final Reporter reporter;
  private final CorePolicy policy;
  private final Tolerance tolerance;

  UnseenDeletions(Invariants.Facts facts, CorePolicy policy) {
    this.truth = facts.truth();
    this.lag = facts.lag();
    this.clockError = facts.slack().clockError();
    this.reporter = facts.reporter();
    this.policy = policy;
    this.tolerance = new Tolerance(policy.eviction());
  }

  /** It is deleted, or the condition before that is written. */
  void toBeDeleted(PodKey key, Instant now) {
    var pod = truth.pod(key);
    if (pod == null) {
      // The uid says which pod was meant: that one is gone.
      return;
    }
    reporter.check(
        !pod.endingSince().isBefore(lag.oldest(now)),
        Rule.RIGHT_POD,
        key,
        now,
        () -> "deleted again, it is terminating since " + pod.endingSince());
    reporter.check(
        !pod.pod().isMirror(), Rule.RIGHT_POD, key, now, () -> "deleted, it is a mirror pod");
    var isDueByTimeout = isDueByTimeout(pod, now);
    if (isDueByTimeout && !pod.pod().isOfDaemonSet()) {
      checkHealthCounts(pod, now);
    } else if (policy.hasTaintEviction()) {
      checkTaints(pod, now);
    } else {
      reporter.report(
          isDueByTimeout ? Rule.RIGHT_POD : Rule.EVICTION_TIMEOUT,
          key,
          now,
          "deleted from "
              + pod.pod().nodeName()
              + ", which has not been failed for long enough"
              + ", or it belongs to a DaemonSet");
    }
  }

  /** Its status says that its node is lost. */
  void toBeLost(PodKey key, Instant now) {
    var pod = truth.pod(key);
    if (pod != null) {
      reporter.check(
          isDueByTimeout(pod, now),
          Rule.EVICTION_TIMEOUT,
          key,
          now,
          () -> "lost, and " + pod.pod().nodeName() + " has not been failed for long enough");
      checkHealthCounts(pod, now);
    }
  }

  private boolean isDueByTimeout(TruePod pod, Instant now) {
    var timeout = policy.podEvictionTimeout();
    return policy.hasNodeLifecycle()
        && timeout.isPresent()
        && versions(pod, now).stream()
            .anyMatch(
                version -> !Moments.plus(failedSince(version, now), timeout.get()).isAfter(now));
  }

  /** The earliest moment from which its failure may be counted. */
  private Instant failedSince(Version version, Instant now) {
    var node = version.node();
    if (node == null) {
      return Instant.MAX;
    }
    return switch (node.ready()) {
      case TRUE, ABSENT -> Instant.MAX;
      case FALSE -> version.unreadySince();
      case UNKNOWN ->
          Moments.earlier(version.unreadySince(), truth.heardBy(node.name(), lag.oldest(now)));
    };
  }

  private List<Version> versions(TruePod pod, Instant now) {
    return truth.versions(pod.pod().nodeName(), lag.oldest(now), now);
  }

  private void checkTaints(TruePod pod, Instant now) {
    var deadline = deadline(pod, TaintTimes.Part.ALL, now);
    var taints = versions(pod, now).stream().map(Version::taints).toList();
    reporter.check(
        !deadline.isAfter(Moments.plus(now, clockError)),
        rule(deadline, taints),
        pod.pod().key(),
        now,
        () ->
            "deleted from %s, which lately had the taints %s: its deadline is %s"
                .formatted(
                    pod.pod().nodeName(),
                    taints,
                    deadline.equals(Instant.MAX) ? "never" : "" + deadline));
    var byHand = deadline(pod, TaintTimes.Part.SET_BY_HAND, now);
    if (byHand.isAfter(Moments.plus(now, clockError))) {
      checkHealthCounts(pod, now);
    }
  }

  private static Rule rule(Instant deadline, List<TaintTimes> taints) {
    if (taints.stream().allMatch(TaintTimes::isEmpty)) {
      return Rule.LIVE_TAINTS;
    }
    return deadline.equals(Instant.MAX) ? Rule.UNTOLERATED_ONLY : Rule.DEADLINE;
  }

  /** The earliest by any taints and tolerations that may be taken for the latest. */
  private Instant deadline(TruePod pod, TaintTimes.Part part, Instant now) {
    var deadline = Instant.MAX;
    for (var version : versions(pod, now)) {
      for (var tolerations : tolerations(pod, now)) {
        var each = version.taints().deadline(tolerance, tolerations, pod.bound(), part);
        deadline = Moments.earlier(deadline, tolerance.earliest(each));
      }
    }
    return deadline;
  }

  private List<List<Toleration>> tolerations(TruePod pod, Instant now) {
    var since = lag.oldest(now);
    var tolerations = new ArrayList<List<Toleration>>();
    tolerations.add(pod.pod().tolerations());
    pod.earlier().stream()
        .filter(earlier -> !earlier.until().isBefore(since))
        .forEach(earlier -> tolerations.add(earlier.tolerations()));
    return tolerations;
  }

  /** Because of node health: not while nothing may be concluded. */
  private void checkHealthCounts(TruePod pod, Instant now) {
    if (!policy.hasNodeLifecycle()) {
      return;
    }
    reporter.check(
        !UnseenTaints.isSurelyStopped(truth, lag, now),
        Rule.CLUSTER_STOP,
        pod.pod().key(),
        now,
        () -> "deleted for node health, no zone has a Ready node since " + truth.allDownSince());
    reporter.check(
        !lag.isPatient(policy.health(), now),
        Rule.PATIENCE,
        pod.pod().key(),
        now,
        () -> "deleted for node health, soon after nobody could reach the API server");
  }
}
