package io.nodelifecycle.benchmark;

import java.util.Locale;
import org.openjdk.jmh.results.RunResult;

/**
 * What came of one benchmark.
 *
 * @param operation what was measured
 * @param nanos how long one operation took
 * @param nanosError half the width of the 99.9 % confidence interval of that; not a number if there
 *     are too few values
 * @param bytes how much one operation allocated
 */
record Measurement(String operation, double nanos, double nanosError, double bytes) {
  private static final int THOUSAND = 1000;

  static Measurement of(RunResult result) {
    var time = result.getPrimaryResult();
    var allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
    if (allocated == null) {
      throw new IllegalStateException("nothing is known of allocation");
    }
    return new Measurement(
        operation(result), time.getScore(), time.getScoreError(), allocated.getScore());
  }

  private static String operation(RunResult result) {
    var params = result.getParams();
    var text = operation(params.getBenchmark());
    for (var key : params.getParamsKeys()) {
      var value = Long.parseLong(params.getParam(key));
      text = text.replace("{" + key + "}", String.format(Locale.ROOT, "%,d", value));
    }
    return text;
  }

  private static String operation(String benchmark) {
    int dot = benchmark.lastIndexOf('.');
    try {
      for (var method : Class.forName(benchmark.substring(0, dot)).getMethods()) {
        var operation = method.getAnnotation(Operation.class);
        if (operation != null && method.getName().equals(benchmark.substring(dot + 1))) {
          return operation.value();
        }
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException(benchmark + " does not say what it measures: add @Operation");
  }

  /** As a line of a Markdown table. */
  String row() {
    return "| %s | %s | %s |".formatted(operation, time(), allocated());
  }

  private String time() {
    if (nanos < THOUSAND) {
      return time(1, "ns");
    }
    return nanos < THOUSAND * THOUSAND ? time(THOUSAND, "µs") : time(THOUSAND * THOUSAND, "ms");
  }

  private String time(double unit, String name) {
    return rounded(nanos / unit) + " ± " + rounded(nanosError / unit) + " " + name;
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
  }

  private String allocated() {
    return bytes < 10 * THOUSAND
        ? String.format(Locale.ROOT, "%.0f B", bytes)
        : String.format(Locale.ROOT, "%.0f kB", bytes / THOUSAND);
  }
}
