package io.nodelifecycle.invariant;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Sums of instants and durations that stay within what an instant can be. */
final class Moments {
  private Moments() {}

  static Instant plus(Instant instant, Duration duration) {
    try {
      return instant.plus(duration);
    } catch (DateTimeException | ArithmeticException beyond) {
      return duration.isNegative() ? Instant.MIN : Instant.MAX;
    }
  }

  static Instant plusSeconds(Instant instant, long seconds) {
    return plus(instant, Duration.ofSeconds(seconds));
  }

  static Instant minus(Instant instant, Duration duration) {
    return plus(instant, duration.negated());
  }

  /** What a wall-clock time means, not later than now. */
  static Instant ofWallClock(Instant time, Instant wallClock, Instant now) {
    if (!time.isBefore(wallClock)) {
      return now;
    }
    try {
      return minus(now, Duration.between(time, wallClock));
    } catch (DateTimeException | ArithmeticException beyond) {
      return Instant.MIN;
    }
  }

  static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** The time between, for people. */
  static String between(Instant from, Instant to) {
    if (from.equals(Instant.MIN) || to.equals(Instant.MAX)) {
      return "ever";
    }
    return Duration.between(from, to).toMillis() / 1000.0 + " s";
  }
}
