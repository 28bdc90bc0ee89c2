package io.nodelifecycle.observe.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Metrics as text. */
public final class MetricsText {
  private final String contentType;
  private final byte[] bytes;

  private MetricsText(String contentType, byte[] bytes) {
    this.contentType = contentType;
    this.bytes = bytes;
  }

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

  /** The format. */
  public String contentType() {
    return contentType;
  }

  /** The text in UTF-8, not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** The text. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
