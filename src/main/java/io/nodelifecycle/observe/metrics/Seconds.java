package io.nodelifecycle.observe.metrics;

import java.time.Duration;
import java.time.Instant;

/** Durations as the numbers that metrics have: seconds, with fractions. */
final class Seconds {
  private static final double NANOS = 1e9;

  private Seconds() {}

  static double of(Duration duration) {
    return duration.getSeconds() + duration.getNano() / NANOS;
  }

  static double between(Instant from, Instant to) {
    return of(Duration.between(from, to));
  }
}
