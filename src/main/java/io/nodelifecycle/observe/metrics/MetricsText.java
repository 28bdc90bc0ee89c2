package io.nodelifecycle.observe.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Metrics as text.
 *
 * @param contentType the format
 * @param bytes the text in UTF-8, not to be changed any more
 */
public record MetricsText(String contentType, byte[] bytes) {
  /**
   * Everything in a registry.
   *
   * @param accept what the reader asks for, as in an Accept header
   */
  static MetricsText of(PrometheusRegistry registry, String accept) {
    var openMetrics = OpenMetricsTextFormatWriter.create();
    var writer = openMetrics.accepts(accept) ? openMetrics : PrometheusTextFormatWriter.create();
    var bytes = new ByteArrayOutputStream();
    try {
      writer.write(bytes, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new MetricsText(writer.getContentType(), bytes.toByteArray());
  }

  /** The text. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
