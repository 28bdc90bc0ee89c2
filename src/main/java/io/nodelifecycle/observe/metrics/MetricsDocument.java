package io.nodelifecycle.observe.metrics;

import io.nodelifecycle.runtime.WorkQueue;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference of all metrics as Markdown. */
final class MetricsDocument {
  private MetricsDocument() {}

  static String markdown() {
    var text = new StringBuilder(INTRODUCTION);
    text.append("\n## Those of the reference\n\n").append(table(Metric::isOfReference));
    text.append("\n## Further ones\n\n").append(table(metric -> !metric.isOfReference()));
    text.append(LABELS).append(NAMES);
    for (var queue : WorkQueue.values()) {
      text.append("| `").append(queue.label()).append("` | ").append(contents(queue));
      text.append(" |\n");
    }
    return text.toString();
  }

  private static final String INTRODUCTION =
      """
      # Metrics

      In the text format of Prometheus. "The reference" is the controller of Kubernetes: its
      metrics have the same names and labels here. Whatever is called seconds is seconds.
      Counters start at 0 as soon as the values of their labels are known; gauges are up to a
      second old.

      Metrics of the process and the JVM, `process_*` and `jvm_*`, have the names that the
      Prometheus library for Java gives them.
      """;

  private static final String LABELS =
      """

      ## Labels

      `zone` is `region::zone`, empty for the nodes without both labels (the reference has a NUL
      between the colons). A zone whose last node is gone is shown with size 0, health 100 and no
      unhealthy node, and its evictions stay counted; of these zones the last 100 are kept, so that
      zones which come and go do not add up. `state` is `Initial`, `Normal`, `PartialDisruption` or
      `FullDisruption`. `code` is an HTTP status code, or `<error>`; `host` has the port, too.
      `resource` is `nodes`, `leases` or another resource that is watched. `kind` says what is
      written.
      """;

  private static final String NAMES =
      """

      `name` and `priority` say where something waits. One thread judges all observations, so that
      what the reference's queues hold waits in these:

      | value | what waits |
      | --- | --- |
      """;

  private static String contents(WorkQueue queue) {
    return switch (queue) {
      case NODE_OBSERVATIONS -> "observations of nodes and leases, to be judged (`name` only)";
      case POD_OBSERVATIONS -> "observations of pods, to be judged (`name` only)";
      case NODE_STATUS -> "requests about conditions of nodes";
      case NODE_TAINTS -> "requests about taints of nodes";
      case POD_NOT_READY -> "requests about pods whose node is unknown";
      case POD_DELETION -> "requests about evictions";
      case NODE_LABELS -> "requests about labels of nodes";
      case EVENTS -> "events to be written";
    };
  }

  private static String table(Predicate<Metric> filter) {
    var head = "| name | type | labels | unit | meaning |\n| --- | --- | --- | --- | --- |\n";
    return Stream.of(Metric.values())
        .filter(filter)
        .map(MetricsDocument::row)
        .collect(Collectors.joining("", head, ""));
  }

  private static String row(Metric metric) {
    var kind = metric.kind().name().toLowerCase(Locale.ROOT);
    var labels =
        metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
    return Stream.of("`" + metric.title() + "`", kind, labels, metric.unit(), metric.help())
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
