package io.nodelifecycle.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference in docs is what the catalogue says; -Ddocs=apply rewrites it. */
final class MetricsDocumentTest {
  private static final boolean APPLY = "apply".equals(System.getProperty("docs"));
  private static final Path DOCUMENT = Path.of("docs", "metrics.md");

  @Test
  void theReferenceIsWhatTheCatalogueSays() throws IOException {
    if (APPLY) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, MetricsDocument.markdown());
    }

    assertThat(DOCUMENT)
        .as("written by: mvn -q test -Dquick -Dtest=MetricsDocumentTest -Ddocs=apply")
        .content()
        .isEqualTo(MetricsDocument.markdown());
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
