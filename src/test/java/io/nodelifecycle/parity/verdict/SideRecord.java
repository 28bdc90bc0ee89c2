package io.nodelifecycle.parity.verdict;

import io.nodelifecycle.testing.witness.Change;
import java.util.List;

/**
 * What was seen of one side.
 *
 * @param changes every change, in order of arrival
 * @param lateness how late each step was done
 */
public record SideRecord(List<Change> changes, List<Lateness> lateness) {
  /** How much later than planned a step was done: both in seconds. */
  public record Lateness(double stepAt, double seconds) {}

  /** Takes copies. */
  public SideRecord {
    changes = List.copyOf(changes);
    lateness = List.copyOf(lateness);
  }

  /** The most that a step was late, in seconds. */
  public double latest() {
    return lateness.stream().mapToDouble(Lateness::seconds).max().orElse(0);
  }

  /** How late the last step before that time was, in seconds. */
  double latenessBefore(double at) {
    return lateness.stream()
        .filter(step -> step.stepAt() <= at)
        .reduce((_, last) -> last)
        .map(Lateness::seconds)
        .orElse(0.0);
  }
}
