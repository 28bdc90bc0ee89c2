package io.nodelifecycle.invariant;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Sums of instants and durations that stay within what an instant can be. */
final class Moments {
  private static final long SECONDS_TOLD_MAX = 1_000_000_000;

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

  static double seconds(Duration duration) {
    return duration.toSeconds() + duration.toNanosPart() / 1e9;
  }

  /** The time between, for people. */
  static String between(Instant from, Instant to) {
    var seconds = Duration.between(from, to).toSeconds();
    return Math.abs(seconds) > SECONDS_TOLD_MAX
        ? "ever"
        : Duration.between(from, to).toMillis() / 1000.0 + " s";
  }
}
