package io.nodelifecycle.observe.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Metrics as a server of Prometheus reads them: strictly, line by line. */
final class Exposition {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.*)");
  private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("(" + NAME + ")=\"((?:[^\"\\\\]|\\\\[\"\\\\n])*)\"(?:,|$)");

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<Series, Double> values = new LinkedHashMap<>();

  /** One name with its labels. */
  record Series(String name, Map<String, String> labels) {}

  static Exposition parse(String text) {
    var exposition = new Exposition();
    text.lines().forEach(exposition::readLine);
    return exposition;
  }

  private void readLine(String line) {
    var comment = COMMENT.matcher(line);
    if (comment.matches()) {
      if (comment.group(1).equals("TYPE")
          && types.put(comment.group(2), comment.group(3)) != null) {
        throw new AssertionError("two types: " + line);
      }
      return;
    }
    var sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw new AssertionError("no line of the format: " + line);
    }
    var name = sample.group(1);
    if (!types.containsKey(name) && !types.containsKey(name.replaceFirst("_[a-z]+$", ""))) {
      throw new AssertionError("a sample before its type: " + line);
    }
    var series = new Series(name, labels(sample.group(2) == null ? "" : sample.group(2)));
    if (values.put(series, number(sample.group(3))) != null) {
      throw new AssertionError("a series twice: " + line);
    }
  }

  private static Map<String, String> labels(String text) {
    var labels = new TreeMap<String, String>();
    var matcher = LABEL.matcher(text);
    var end = 0;
    while (end < text.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw new AssertionError("no labels: " + text);
      }
      labels.put(matcher.group(1), unescaped(matcher.group(2)));
      end = matcher.end();
    }
    return labels;
  }

  private static String unescaped(String text) {
    return Pattern.compile("\\\\(.)")
        .matcher(text)
        .replaceAll(each ->
            switch (each.group(1)) {
              case "n" -> "\n";
              case "\"" -> "\"";
              default -> "\\\\";
            });
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** The types by name. */
  Map<String, String> types() {
    return types;
  }

  /** The value of a series; labels are names and values in turn. */
  OptionalDouble value(String name, String... labels) {
    var wanted = new TreeMap<String, String>();
    for (var i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    var value = values.get(new Series(name, wanted));
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** The different values of a label of a metric. */
  Set<String> labelValues(String name, String label) {
    return values.keySet().stream()
        .filter(series -> series.name.equals(name))
        .map(series -> series.labels.getOrDefault(label, ""))
        .collect(Collectors.toSet());
  }

  /** Every series and its value. */
  Map<Series, Double> values() {
    return values;
  }
}
