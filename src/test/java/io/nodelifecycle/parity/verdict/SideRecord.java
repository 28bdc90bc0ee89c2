package io.nodelifecycle.parity.verdict;

import io.nodelifecycle.testing.witness.Change;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was seen of one side.
 *
 * @param changes every change, in order of arrival
 * @param lateness how late each step was done
 */
public record SideRecord(List<Change> changes, List<Lateness> lateness) {
  /**
   * How much later than planned a step was done: both in seconds.
   *
   * @param isStart the step was the start of a controller, and it was done when that had synced
   */
  public record Lateness(double stepAt, double seconds, boolean isStart) {
    /** A step that is later, in seconds, tells of this machine and not of a controller. */
    private static final double TOO_LATE = 1.5;

    /** The same for a controller that starts. */
    private static final double TOO_LATE_START = 8;

    /** Of a step that was no start. */
    public Lateness(double stepAt, double seconds) {
      this(stepAt, seconds, false);
    }

    private boolean isTooLate() {
      return seconds > (isStart ? TOO_LATE_START : TOO_LATE);
    }
  }

  /** Takes copies. */
  public SideRecord {
    changes = List.copyOf(changes);
    lateness = List.copyOf(lateness);
  }

  /** The most that a step was late, in seconds. */
  public double latest() {
    return lateness.stream().mapToDouble(Lateness::seconds).max().orElse(0);
  }

  /** Whether this machine was too busy for what was seen to tell of a controller. */
  public boolean isTooLate() {
    return lateness.stream().anyMatch(Lateness::isTooLate);
  }

  /**
   * How late the last step before that time was, in seconds, or the last start if that was later.
   */
  double latenessBefore(double at) {
    return Math.max(
        last(at, lateness.stream()), last(at, lateness.stream().filter(Lateness::isStart)));
  }

  private static double last(double at, Stream<Lateness> steps) {
    return steps
        .filter(step -> step.stepAt() <= at)
        .reduce((_, last) -> last)
        .map(Lateness::seconds)
        .orElse(0.0);
  }
}
