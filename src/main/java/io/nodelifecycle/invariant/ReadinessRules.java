package io.nodelifecycle.invariant;

import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.model.ConditionStatus;
import java.time.Duration;
import java.time.Instant;

/** Which pods may be marked not ready, and how often. */
final class ReadinessRules {
  private static final Duration WAIT_MAX = Duration.ofMinutes(5);

  private final ProcessView view;
  private final Reporter reporter;

  ReadinessRules(ProcessView view, Reporter reporter) {
    this.view = view;
    this.reporter = reporter;
  }

  void sent(MarkPodNotReady mark, Instant now) {
    var seen = view.pod(mark.pod());
    if (seen == null) {
      reporter.report(Rule.RIGHT_POD, mark.pod(), now, "marked not ready, it is not known");
      return;
    }
    var node = view.node(seen.pod.nodeName());
    var ready = node == null ? ConditionStatus.ABSENT : node.node.ready();
    reporter.check(
        ready == ConditionStatus.UNKNOWN && seen.pod.ready() == ConditionStatus.TRUE,
        Rule.POD_READINESS,
        mark.pod(),
        now,
        () -> "marked not ready, its Ready is " + seen.pod.ready() + ", that of its node " + ready);
    if (node != null && seen.marks > 0 && seen.markedIn.equals(episode(node))) {
      var wait = wait(seen.marks);
      reporter.check(
          !now.isBefore(Moments.plus(seen.markedAt, wait)),
          Rule.CONTESTED_READINESS,
          mark.pod(),
          now,
          () ->
              "marked not ready again "
                  + Moments.between(seen.markedAt, now)
                  + " after time number "
                  + seen.marks
                  + ", should be at least "
                  + wait);
    }
  }

  /** One grace period after the first time, then twice that, and so on. */
  private Duration wait(int marks) {
    var wait = view.policy.health().monitorGrace();
    for (var i = 1; i < marks && wait.compareTo(WAIT_MAX) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(WAIT_MAX) < 0 ? wait : WAIT_MAX;
  }

  private static String episode(SeenNode node) {
    return node.key.uid() + "/" + node.unknownEpisodes;
  }

  void ended(MarkPodNotReady mark, Outcome outcome, Instant now) {
    var seen = view.pod(mark.pod());
    var node = seen == null ? null : view.node(seen.pod.nodeName());
    if (seen == null || node == null || !(outcome instanceof Outcome.Succeeded)) {
      return;
    }
    var episode = episode(node);
    seen.marks = seen.markedIn.equals(episode) ? seen.marks + 1 : 1;
    seen.markedIn = episode;
    seen.markedAt = now;
  }
}
