package io.nodelifecycle.performance;

import java.util.List;
import java.util.Locale;

/**
 * A figure of both contenders.
 *
 * @param title what it is, with its unit
 * @param reference what the reference came to in each run
 * @param program what the program came to in each run
 * @param bound the largest ratio of the medians that is promised
 */
record Comparison(String title, List<Double> reference, List<Double> program, double bound) {
  /** Takes copies. */
  Comparison {
    reference = List.copyOf(reference);
    program = List.copyOf(program);
  }

  /** The head of a table of these. */
  static final String HEAD =
      """
      | figure | reference | program | ratio | promised |
      | --- | --- | --- | --- | --- |
      """;

  /** The program's median over the reference's. */
  double ratio() {
    return median(program) / median(reference);
  }

  /** Whether the promise is kept. */
  boolean isKept() {
    return ratio() <= bound;
  }

  /** A row of a table. */
  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s%.3f%s | <= %s |%n",
        title,
        values(reference),
        values(program),
        isKept() ? "" : "**",
        ratio(),
        isKept() ? "" : "**",
        text(bound));
  }

  /** The median first, then the runs that it is of. */
  private static String values(List<Double> values) {
    var median = text(median(values));
    return values.size() == 1
        ? median
        : median + " (" + String.join(", ", values.stream().map(Comparison::text).toList()) + ")";
  }

  /** Three digits that mean something. */
  static String text(double value) {
    if (value >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (value >= 100) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f", value);
  }

  /** The middle one of an odd number of values, the upper of the middle ones of an even one. */
  static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
