package io.nodelifecycle.simulate.report.figures;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How often something happened, and when.
 *
 * @param count how often
 * @param times the first, the median and the last time; empty if it never happened
 */
public record Moments(int count, Optional<Times> times) {
  /** Something that never happened. */
  public static final Moments NEVER = new Moments(0, Optional.empty());

  /**
   * The times that tell most.
   *
   * @param first when it happened first
   * @param median by when half of them had happened
   * @param last when it happened last
   */
  public record Times(Duration first, Duration median, Duration last) {}

  /** Of all these times, which are in order. */
  static Moments of(List<Duration> times) {
    return times.isEmpty()
        ? NEVER
        : new Moments(
            times.size(),
            Optional.of(
                new Times(times.getFirst(), times.get((times.size() - 1) / 2), times.getLast())));
  }
}
