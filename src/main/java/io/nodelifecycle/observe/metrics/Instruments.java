package io.nodelifecycle.observe.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Consumer;

/** Registers metrics of the catalogue, each once. */
final class Instruments {
  private static final double[] JUDGING = {
    0.00001, 0.0001, 0.001, 0.004, 0.016, 0.064, 0.256, 1.024, 4.096, 16.384
  };
  private static final double[] DELETION = {
    0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10, 30, 60, 120, 180, 240
  };
  private static final double[] REQUEST = {0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60};
  private static final double[] QUEUE = {
    0.00000001, 0.0000001, 0.000001, 0.00001, 0.0001, 0.001, 0.01, 0.1, 1, 10
  };

  private final PrometheusRegistry registry;

  Instruments(PrometheusRegistry registry) {
    this.registry = registry;
  }

  Counter counter(Metric metric) {
    return Counter.builder()
        .name(metric.title())
        .help(metric.help())
        .labelNames(labels(metric))
        .withoutExemplars()
        .register(registry);
  }

  /** A gauge that is asked for its values when they are rendered. */
  void gauge(Metric metric, Consumer<GaugeWithCallback.Callback> values) {
    GaugeWithCallback.builder()
        .name(metric.title())
        .help(metric.help())
        .labelNames(labels(metric))
        .callback(values)
        .register(registry);
  }

  Histogram histogram(Metric metric) {
    return Histogram.builder()
        .name(metric.title())
        .help(metric.help())
        .labelNames(labels(metric))
        .classicOnly()
        .classicUpperBounds(bounds(metric))
        .withoutExemplars()
        .register(registry);
  }

  private static String[] labels(Metric metric) {
    return metric.labels().toArray(String[]::new);
  }

  private static double[] bounds(Metric metric) {
    return switch (metric) {
      case NODE_HEALTH_DURATION, ALL_NODES_HEALTH_DURATION -> JUDGING;
      case QUEUE_DURATION, QUEUE_WORK_DURATION -> QUEUE;
      case REQUEST_DURATION -> REQUEST;
      default -> DELETION;
    };
  }
}
