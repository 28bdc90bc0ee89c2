package io.nodelifecycle.invariant;

import io.nodelifecycle.core.health.HealthPolicy;
import java.time.Duration;
import java.time.Instant;

/** What a process whose observations are not reported may not know yet. */
final class Lag {
  private final Slack slack;
  private Instant blindFrom = Instant.MAX;
  private Instant blindTo = Instant.MIN;
  private Instant lastBegin = Instant.MAX;
  private Instant lastEnd = Instant.MIN;

  Lag(Slack slack) {
    this.slack = slack;
  }

  /** Nobody reaches the API server during this time. */
  void unreachable(Instant begin, Instant end) {
    var isApart = begin.isAfter(Moments.plus(caughtUp(), slack.staleness()));
    blindFrom = isApart ? begin : Moments.earlier(blindFrom, begin);
    blindTo = Moments.later(blindTo, end);
    lastBegin = begin;
    lastEnd = end;
  }

  private Instant caughtUp() {
    return Moments.plus(blindTo, slack.reconnection());
  }

  /** What was so before this moment is known by now. */
  Instant oldest(Instant now) {
    var usual = Moments.minus(now, slack.staleness());
    return usual.isBefore(caughtUp())
        ? Moments.earlier(usual, Moments.minus(blindFrom, slack.staleness()))
        : usual;
  }

  /** Whether the API server has been out of reach for so long that nothing may be concluded yet. */
  boolean isPatient(HealthPolicy policy, Instant now) {
    if (lastBegin.equals(Instant.MAX)
        || !now.isBefore(Moments.plus(lastEnd, policy.monitorGrace()))) {
      return false;
    }
    Duration least = policy.monitorPeriod().multipliedBy(2).plus(slack.cutting());
    return Duration.between(lastBegin, lastEnd).compareTo(least) > 0;
  }
}
