package io.nodelifecycle.simulate.report.figures;

import io.nodelifecycle.simulate.record.WorkloadRecord;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** A figure by which records are compared. */
public enum Measure {
  /** Nodes whose Ready condition became Unknown. */
  NODES_UNKNOWN("nodes marked Unknown", Unit.COUNT, count(Stage.NODE_UNKNOWN)),
  /** When the first did. */
  FIRST_UNKNOWN("first node marked Unknown", Unit.MOMENT, first(Stage.NODE_UNKNOWN)),
  /** Nodes that got a NoExecute taint. */
  NODES_TAINTED("nodes tainted NoExecute", Unit.COUNT, count(Stage.NODE_TAINTED)),
  /** When the first got it. */
  FIRST_TAINTED("first node tainted", Unit.MOMENT, first(Stage.NODE_TAINTED)),
  /** When the last got it. */
  LAST_TAINTED("last node tainted", Unit.MOMENT, last(Stage.NODE_TAINTED)),
  /** Nodes dead at the end that had none. */
  NODES_UNTAINTED(
      "dead nodes never tainted", Unit.COUNT, summary -> some(summary.untaintedNodes())),
  /** Pods deleted. */
  PODS_EVICTED("pods evicted", Unit.COUNT, count(Stage.POD_EVICTED)),
  /** When the first was. */
  FIRST_EVICTED("first pod evicted", Unit.MOMENT, first(Stage.POD_EVICTED)),
  /** By when half of them were. */
  MEDIAN_EVICTED(
      "half of the evictions done",
      Unit.MOMENT,
      summary -> time(summary.stage(Stage.POD_EVICTED).times().map(Moments.Times::median))),
  /** When the last was. */
  LAST_EVICTED("last pod evicted", Unit.MOMENT, last(Stage.POD_EVICTED)),
  /** Replacements that became ready. */
  PODS_REPLACED("pods replaced", Unit.COUNT, count(Stage.POD_REPLACED)),
  /** Workloads that had no running pod at some time. */
  WORKLOADS_LOST(
      "workloads without a running pod", Unit.COUNT, summary -> some(summary.lost().size())),
  /** How long the worst of them had none. */
  LONGEST_LOST(
      "longest without a running pod",
      Unit.LENGTH,
      summary ->
          time(
              summary.lost().stream()
                  .map(row -> row.workload())
                  .map(WorkloadRecord::lostAllFor)
                  .max(Comparator.naturalOrder()))),
  /** Ready pods at the worst moment. */
  PODS_FEWEST("fewest ready pods", Unit.COUNT, summary -> some(summary.level().podsFewest())),
  /** Ready pods at the end. */
  PODS_AT_END("ready pods at the end", Unit.COUNT, summary -> some(summary.level().podsAtEnd())),
  /** How long all evictions were stopped. */
  STOPPED("all evictions stopped", Unit.LENGTH, summary -> time(Optional.of(summary.stopped()))),
  /** Requests in the busiest second. */
  PEAK_REQUESTS("API calls in the busiest second", Unit.COUNT, s -> some(s.peak().requests())),
  /** Requests. */
  REQUESTS("API calls in all", Unit.COUNT, summary -> some(summary.requests().total())),
  /** Requests that failed. */
  FAILED_REQUESTS("failed API calls", Unit.COUNT, summary -> some(summary.requests().failed()));

  private final String title;
  private final Unit unit;
  private final Function<Summary, OptionalLong> figure;

  Measure(String title, Unit unit, Function<Summary, OptionalLong> figure) {
    this.title = title;
    this.unit = unit;
    this.figure = figure;
  }

  /** In a few words. */
  public String title() {
    return title;
  }

  /** What the numbers are. */
  public Unit unit() {
    return unit;
  }

  /** The figure of a record. */
  public Cell of(Summary summary) {
    return new Cell(unit, figure.apply(summary));
  }

  /** How another figure differs from one, in words; empty if it does not. */
  Optional<String> difference(Cell one, Cell other) {
    if (one.equals(other)) {
      return Optional.empty();
    }
    if (one.value().isEmpty() || other.value().isEmpty()) {
      return Optional.of("%s: %s instead of %s".formatted(title, other.text(), one.text()));
    }
    long from = one.value().getAsLong();
    long to = other.value().getAsLong();
    return Optional.of(
        "%s: %s (%s instead of %s)"
            .formatted(title, unit.words(from, to), other.text(), one.text()));
  }

  private static Function<Summary, OptionalLong> count(Stage stage) {
    return summary -> some(summary.stage(stage).count());
  }

  private static Function<Summary, OptionalLong> first(Stage stage) {
    return summary -> time(summary.first(stage));
  }

  private static Function<Summary, OptionalLong> last(Stage stage) {
    return summary -> time(summary.stage(stage).times().map(Moments.Times::last));
  }

  private static OptionalLong some(long count) {
    return OptionalLong.of(count);
  }

  private static OptionalLong time(Optional<Duration> time) {
    return time.map(at -> OptionalLong.of(at.toMillis())).orElse(OptionalLong.empty());
  }

  /** What a figure counts. */
  public enum Unit {
    /** Things. */
    COUNT,
    /** Milliseconds since the beginning; none if it never happened. */
    MOMENT,
    /** Milliseconds. */
    LENGTH;

    /** How one value differs from another one. */
    private String words(long from, long to) {
      return switch (this) {
        case COUNT -> Wording.count(Math.abs(to - from)) + (to > from ? " more" : " fewer");
        case MOMENT -> time(from, to) + (to > from ? " later" : " earlier");
        case LENGTH -> time(from, to) + (to > from ? " longer" : " shorter");
      };
    }

    private static String time(long from, long to) {
      return Wording.time(Duration.ofMillis(Math.abs(to - from)));
    }
  }

  /**
   * A figure of one record.
   *
   * @param unit what it counts
   * @param value the number; empty if what it measures never happened
   */
  public record Cell(Unit unit, OptionalLong value) {
    /** For people. */
    public String text() {
      if (value.isEmpty()) {
        return "never";
      }
      return unit == Unit.COUNT
          ? Wording.count(value.getAsLong())
          : Wording.time(Duration.ofMillis(value.getAsLong()));
    }
  }
}
