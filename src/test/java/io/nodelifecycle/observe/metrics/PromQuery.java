package io.nodelifecycle.observe.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A query in Prometheus' language, as far as it says what it asks for. Every metric must be written
 * with matchers, so that a name that is nothing else is an error.
 *
 * @param selectors the metrics that are asked for, with the labels that are matched and how
 * @param grouping the labels that are grouped by
 */
record PromQuery(List<Selector> selectors, Set<String> grouping) {
  private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)\\{([^}]*)\\}");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!=|!~|=)\"([^\"]*)\",?");
  private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on)\\s*\\(([^)]*)\\)");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*\\]");
  private static final Pattern CALL = Pattern.compile("[a-z_]+\\s*\\(");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless");

  /**
   * One metric.
   *
   * @param metric its name
   * @param matchers labels and what they are matched with, the operator in front
   */
  record Selector(String metric, Map<String, String> matchers) {}

  static PromQuery parse(String text) {
    var selectors = new ArrayList<Selector>();
    var found = SELECTOR.matcher(text);
    while (found.find()) {
      selectors.add(new Selector(found.group(1), matchers(found.group(2))));
    }
    var rest = found.replaceAll(" ");
    var grouping = new TreeSet<String>();
    var groups = GROUPING.matcher(rest);
    while (groups.find()) {
      Arrays.stream(groups.group(1).split(",", -1)).map(String::strip).forEach(grouping::add);
    }
    rest = RANGE.matcher(groups.replaceAll(" ")).replaceAll(" ");
    var names = NAME.matcher(CALL.matcher(rest).replaceAll("("));
    while (names.find()) {
      if (!OPERATORS.contains(names.group())) {
        throw new AssertionError("a metric without matchers: " + names.group() + " in " + text);
      }
    }
    if (selectors.isEmpty()) {
      throw new AssertionError("no metric: " + text);
    }
    return new PromQuery(List.copyOf(selectors), grouping);
  }

  private static Map<String, String> matchers(String text) {
    var matchers = new LinkedHashMap<String, String>();
    var matcher = MATCHER.matcher(text);
    var end = 0;
    while (end < text.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw new AssertionError("no matchers: " + text);
      }
      matchers.put(matcher.group(1), matcher.group(2) + matcher.group(3));
      end = matcher.end();
    }
    return matchers;
  }
}
