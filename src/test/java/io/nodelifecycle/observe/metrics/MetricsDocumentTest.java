package io.nodelifecycle.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.GeneratedDocument;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The reference in docs is what the catalogue says; -Ddocs=apply rewrites it. */
final class MetricsDocumentTest {
  @Test
  void theReferenceIsWhatTheCatalogueSays() throws IOException {
    GeneratedDocument.check("metrics.md", MetricsDocument.markdown(), "MetricsDocumentTest");
  }

  @Test
  void everyMetricHasOneRowOfFiveCells() {
    for (var metric : Metric.values()) {
      assertThat(MetricsDocument.markdown().lines())
          .filteredOn(line -> line.startsWith("| `" + metric.title() + "` |"))
          .singleElement()
          .asString()
          .matches("\\|( [^|]*\\|){5}");
    }
  }
}
