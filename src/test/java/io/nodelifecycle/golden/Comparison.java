package io.nodelifecycle.golden;

import io.nodelifecycle.testing.witness.Alignment;
import io.nodelifecycle.testing.witness.Change;
import io.nodelifecycle.testing.witness.Naming;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What was recorded beside what was seen: every recorded change must have happened, none besides,
 * and none too late; verdicts and evictions also not too early.
 */
final class Comparison {
  /** How soon a change may come before the recorded one; sooner is fine for most. */
  private static final double HASTE = 2.0;

  private final List<Row> rows;

  /** How a recorded change and a seen one relate. */
  enum Verdict {
    SAME,
    MISSING,
    UNEXPECTED,
    LATE,
    EARLY
  }

  /** A recorded change and the seen one that stands for it. */
  record Row(Optional<Change> recorded, Optional<Change> seen, Verdict verdict) {
    private static Row of(Alignment.Pair pair, ToDoubleFunction<Change> allowedLateness) {
      return pair.left().isPresent() && pair.right().isPresent()
          ? pair(pair.left().get(), pair.right().get(), allowedLateness)
          : new Row(
              pair.left(),
              pair.right(),
              pair.left().isPresent() ? Verdict.MISSING : Verdict.UNEXPECTED);
    }

    private static Row pair(
        Change recorded, Change seen, ToDoubleFunction<Change> allowedLateness) {
      var later = seen.at() - recorded.at();
      var verdict =
          later > allowedLateness.applyAsDouble(recorded)
              ? Verdict.LATE
              : -later > haste(recorded) ? Verdict.EARLY : Verdict.SAME;
      return new Row(Optional.of(recorded), Optional.of(seen), verdict);
    }

    private String line() {
      var change = recorded.or(() -> seen).orElseThrow();
      return "%-10s %8s %8s  %s"
          .formatted(
              verdict == Verdict.SAME ? "" : verdict, time(recorded), time(seen), change.key());
    }

    private static String time(Optional<Change> change) {
      return change.map(c -> String.format(Locale.ROOT, "%.2f", c.at())).orElse("-");
    }
  }

  private Comparison(List<Row> rows) {
    this.rows = rows;
  }

  /**
   * Compares.
   *
   * @param allowedLateness by the time of a recorded change: how many seconds later it may be seen
   */
  static Comparison of(
      Naming naming,
      List<Change> recorded,
      List<Change> seen,
      ToDoubleFunction<Change> allowedLateness) {
    return new Comparison(
        Alignment.of(naming, recorded, seen).stream()
            .map(pair -> Row.of(pair, allowedLateness))
            .toList());
  }

  /** A verdict or an eviction must not come early: patience and rates are part of the contract. */
  private static double haste(Change change) {
    var rated =
        (change.what().endsWith(":NoExecute") && change.value().equals("on"))
            || change.value().startsWith("Unknown/")
            || change.what().equals("deleting");
    return rated ? HASTE : Double.MAX_VALUE;
  }

  /** Is everything as recorded? */
  boolean isSame() {
    return differences() == 0;
  }

  /** How many rows are not as recorded. */
  long differences() {
    return rows.stream().filter(row -> row.verdict() != Verdict.SAME).count();
  }

  /** All rows in order of time. */
  List<Row> rows() {
    return rows;
  }

  /** Recorded and seen side by side, in order of time. */
  String table() {
    return rows.stream()
        .map(Row::line)
        .collect(Collectors.joining("\n", "           recorded     seen\n", "\n"));
  }
}
