package io.nodelifecycle.simulate.report.figures;

import io.nodelifecycle.simulate.record.Happening;
import java.time.Duration;
import java.util.List;

/**
 * One or more happenings of the same kind in the same zone within a short time.
 *
 * @param happenings in the order of time; at least one
 * @param text what happened, in words for people, printable, without time and zone
 */
public record TimelineLine(List<Happening> happenings, String text) {
  /** Takes a copy. */
  public TimelineLine {
    happenings = List.copyOf(happenings);
  }

  /** When the first of them happened. */
  public Duration from() {
    return happenings.getFirst().at();
  }

  /** When the last of them happened. */
  public Duration to() {
    return happenings.getLast().at();
  }

  /** The zone they all share; empty where there is none. */
  public String zone() {
    return happenings.getFirst().zone();
  }

  /** What happened. */
  public Happening.Kind kind() {
    return happenings.getFirst().kind();
  }

  /** Time or span: {@code 12m34s} or {@code 12m30s-14m10s}. */
  public String span() {
    var first = Wording.time(from());
    var last = Wording.time(to());
    return first.equals(last) ? first : first + "-" + last;
  }
}
