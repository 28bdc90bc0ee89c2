package io.nodelifecycle.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.zone.ZoneState;
import io.nodelifecycle.kubernetes.http.SteppedTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The names that a server of Prometheus has of a process: those of the catalogue as they are
 * rendered, those of the process and the JVM, and what the server adds.
 */
final class ServedMetrics {
  /** What the server puts on every series; the last one because the ServiceMonitor says so. */
  private static final Set<String> OF_TARGET =
      Set.of("job", "instance", "app_kubernetes_io_instance");

  private static final String BUCKET = "_bucket";
  private static final Set<String> STATES =
      Set.copyOf(Arrays.stream(ZoneState.values()).map(ZoneState::title).toList());

  private final Map<String, Set<String>> labels = new HashMap<>();

  ServedMetrics() {
    labels.put("up", Set.of());
    for (var metric : Metric.values()) {
      var names =
          metric.kind() == Metric.Kind.HISTOGRAM
              ? List.of(BUCKET, "_count", "_sum").stream()
              : Stream.of("");
      names.forEach(suffix -> labels.put(metric.title() + suffix, labels(metric, suffix)));
    }
    var ofProcess = Exposition.parse(new ControllerMetrics(new SteppedTime()).text());
    for (var series : ofProcess.values().keySet()) {
      if (series.name().startsWith("process_") || series.name().startsWith("jvm_")) {
        labels
            .computeIfAbsent(series.name(), _ -> new TreeSet<>())
            .addAll(series.labels().keySet());
      }
    }
  }

  private static Set<String> labels(Metric metric, String suffix) {
    var names = new TreeSet<>(metric.labels());
    if (suffix.equals(BUCKET)) {
      names.add("le");
    }
    return names;
  }

  /** Fails unless the query asks for what there is, of one job alone. */
  void check(String query) {
    var parsed = PromQuery.parse(query);
    var groupable = new TreeSet<>(OF_TARGET);
    for (var selector : parsed.selectors()) {
      assertThat(labels).as(query).containsKey(selector.metric());
      var own = labels.getOrDefault(selector.metric(), Set.of());
      groupable.addAll(own);
      assertThat(selector.matchers()).as(query).containsKey("job");
      for (var label : selector.matchers().keySet()) {
        assertThat(own.contains(label) || OF_TARGET.contains(label))
            .as("label %s of %s", label, selector.metric())
            .isTrue();
      }
      var state = selector.matchers().get("state");
      if (state != null) {
        assertThat(STATES)
            .as(query)
            .containsAll(List.of(state.replaceFirst("=~?", "").split("\\|", -1)));
      }
    }
    assertThat(groupable).as(query).containsAll(parsed.grouping());
  }
}
