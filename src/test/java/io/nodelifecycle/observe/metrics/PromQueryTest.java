package io.nodelifecycle.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodelifecycle.observe.metrics.PromQuery.Selector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PromQueryTest {
  private final ServedMetrics served = new ServedMetrics();

  @Test
  void saysWhatIsAskedFor() {
    var query =
        PromQuery.parse(
            "histogram_quantile(0.9, sum by (le, verb) (rate(a_bucket{job=\"j\"}[10m])))"
                + " > 1 and on (le) absent(b{job=\"j\",code=~\"5..|<error>\"} == 1)");
    assertThat(query.selectors())
        .isEqualTo(
            List.of(
                new Selector("a_bucket", Map.of("job", "=j")),
                new Selector("b", Map.of("job", "=j", "code", "=~5..|<error>"))));
    assertThat(query.grouping()).isEqualTo(Set.of("le", "verb"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sum(a) > 1", "a{job=\"j\"} + b", "a{job=j}", "1 > 0"})
  void refusesWhatItDoesNotUnderstand(String text) {
    assertThatThrownBy(() -> PromQuery.parse(text)).isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum by (zone) (node_collector_zone_size{job=\"j\"})",
        "rate(rest_client_request_duration_seconds_bucket{job=\"j\",le=\"1\"}[5m])",
        "node_lifecycle_zone_state{job=\"j\",state=~\"Normal|FullDisruption\"}",
        "process_cpu_seconds_total{job=\"j\",instance=\"i\"}"
      })
  void acceptsWhatIsServed(String query) {
    served.check(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum by (zone) (node_collector_zone_sizes{job=\"j\"})",
        "sum by (node) (node_collector_zone_size{job=\"j\"})",
        "node_collector_zone_size{zone=\"z\"}",
        "node_collector_zone_size{job=\"j\",node=\"n\"}",
        "rate(rest_client_request_duration_seconds{job=\"j\"}[5m])",
        "node_collector_zone_size_bucket{job=\"j\"}",
        "node_lifecycle_zone_state{job=\"j\",state=~\"Normal|Disrupted\"}"
      })
  void refusesWhatIsNotServed(String query) {
    assertThatThrownBy(() -> served.check(query)).isInstanceOf(AssertionError.class);
  }
}
