package io.nodelifecycle.core.model;

import java.time.Duration;
import java.time.Instant;

/** Instants of the monotonic time line on which durations and deadlines are measured. */
public final class TimeLine {
  private TimeLine() {}

  /**
   * The instant that a wall-clock time means, not later than now.
   *
   * @param time the wall-clock time
   * @param wallClock the wall clock at {@code now}
   * @param now the present
   */
  public static Instant at(Instant time, Instant wallClock, Instant now) {
    return time.isBefore(wallClock) ? now.minus(Duration.between(time, wallClock)) : now;
  }

  /** The earlier of two instants. */
  public static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** The later of two instants. */
  public static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
