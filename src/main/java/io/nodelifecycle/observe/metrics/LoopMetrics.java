package io.nodelifecycle.observe.metrics;

import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.runtime.LoopStatus;
import io.nodelifecycle.runtime.TimeSource;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The metrics of the loop as a whole, read from its last status, and the ages of the caches. */
final class LoopMetrics {
  private final TimeSource time;
  private volatile @Nullable LoopStatus status;
  private volatile Supplier<Map<Resource, Instant>> lastHeard = Map::of;

  LoopMetrics(Instruments instruments, TimeSource time) {
    this.time = time;
    instruments.gauge(Metric.NODES, out -> value(out, each -> each.lifecycle().nodes()));
    instruments.gauge(Metric.PODS, out -> value(out, each -> each.lifecycle().pods()));
    instruments.gauge(
        Metric.PENDING_EVICTIONS, out -> value(out, each -> each.lifecycle().pendingEvictions()));
    instruments.gauge(Metric.NEXT_DEADLINE, this::nextDeadline);
    instruments.gauge(
        Metric.CLUSTER_STOP, out -> value(out, each -> each.lifecycle().isStopped() ? 1 : 0));
    instruments.gauge(
        Metric.PATIENCE, out -> value(out, each -> each.lifecycle().isPatient() ? 1 : 0));
    instruments.gauge(
        Metric.STATUS_AGE, out -> value(out, each -> Seconds.between(each.at(), time.now())));
    instruments.gauge(Metric.FOREIGN_WRITE_AGE, this::foreignWriteAge);
    instruments.gauge(Metric.CACHE_AGE, this::cacheAges);
  }

  void publish(LoopStatus published) {
    status = published;
  }

  /** When the loop last said how it is doing; empty if it never did. */
  Optional<Instant> lastStatus() {
    return Optional.ofNullable(status).map(LoopStatus::at);
  }

  void readAgesFrom(Supplier<Map<Resource, Instant>> source) {
    lastHeard = source;
  }

  private void value(GaugeWithCallback.Callback out, ToDoubleFunction<LoopStatus> value) {
    var published = status;
    if (published != null) {
      out.call(value.applyAsDouble(published));
    }
  }

  /** A countdown that ended since the status was taken has zero seconds left. */
  private void nextDeadline(GaugeWithCallback.Callback out) {
    var published = status;
    if (published != null && !published.lifecycle().nextDeadline().equals(Instant.MAX)) {
      var left = Seconds.between(time.now(), published.lifecycle().nextDeadline());
      out.call(Math.max(0, left));
    }
  }

  private void foreignWriteAge(GaugeWithCallback.Callback out) {
    var published = status;
    if (published != null) {
      published
          .lifecycle()
          .foreign()
          .ifPresent(finding -> out.call(Math.max(0, Seconds.between(finding.at(), time.now()))));
    }
  }

  private void cacheAges(GaugeWithCallback.Callback out) {
    var now = time.now();
    lastHeard
        .get()
        .forEach(
            (resource, at) -> out.call(Math.max(0, Seconds.between(at, now)), resource.plural()));
  }
}
