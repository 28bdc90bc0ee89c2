package io.nodelifecycle.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MetricTest {
  @ParameterizedTest
  @EnumSource
  void namesSayWhatIsCountedAndInWhichUnit(Metric metric) {
    assertThat(metric.title()).matches("[a-z][a-z_]*[a-z]");
    assertThat(metric.title().endsWith("_total")).isEqualTo(metric.kind() == Metric.Kind.COUNTER);
    assertThat(metric.title().endsWith("_seconds")).isEqualTo(metric.unit().equals("seconds"));
    assertThat(metric.help()).endsWith(".").doesNotContain("|", "\n");
  }
}
