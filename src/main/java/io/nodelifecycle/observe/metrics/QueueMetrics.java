package io.nodelifecycle.observe.metrics;

import io.nodelifecycle.core.Action.Priority;
import io.nodelifecycle.runtime.LoopStatus;
import io.nodelifecycle.runtime.QueueStatus;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.runtime.WorkQueue;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The metrics of what waits and what is under way. Thread-safe. */
final class QueueMetrics {
  private static final QueueStatus IDLE = new QueueStatus(0, 0, Duration.ZERO, Duration.ZERO);

  private final TimeSource time;
  private final Map<WorkQueue, Series> series = new EnumMap<>(WorkQueue.class);
  private final Map<Priority, CounterDataPoint> sent = new EnumMap<>(Priority.class);
  private volatile @Nullable LoopStatus status;
  private volatile @Nullable Instant stepBegan;

  private record Series(
      CounterDataPoint adds,
      CounterDataPoint retries,
      DistributionDataPoint waited,
      DistributionDataPoint worked) {}

  QueueMetrics(Instruments instruments, TimeSource time) {
    this.time = time;
    var adds = instruments.counter(Metric.QUEUE_ADDS);
    var retries = instruments.counter(Metric.QUEUE_RETRIES);
    var waited = instruments.histogram(Metric.QUEUE_DURATION);
    var worked = instruments.histogram(Metric.QUEUE_WORK_DURATION);
    for (var queue : WorkQueue.values()) {
      var name = queue.label();
      series.put(
          queue,
          new Series(
              adds.labelValues(name),
              retries.labelValues(name),
              waited.labelValues(name),
              worked.labelValues(name)));
    }
    var requests = instruments.counter(Metric.REQUESTS_SENT);
    for (var priority : Priority.values()) {
      sent.put(priority, requests.labelValues(WorkQueue.of(priority).label()));
    }
    instruments.gauge(Metric.QUEUE_DEPTH, out -> queues(out, QueueStatus::waiting));
    instruments.gauge(
        Metric.QUEUE_UNFINISHED, out -> queues(out, queue -> Seconds.of(queue.unfinished())));
    instruments.gauge(
        Metric.QUEUE_LONGEST, out -> queues(out, queue -> Seconds.of(queue.longest())));
    instruments.gauge(Metric.REQUESTS_WAITING, out -> requests(out, QueueStatus::waiting));
    instruments.gauge(Metric.REQUESTS_UNDER_WAY, out -> requests(out, QueueStatus::underWay));
  }

  void added(WorkQueue queue, boolean isRetry) {
    var counted = of(queue);
    counted.adds.inc();
    if (isRetry) {
      counted.retries.inc();
    }
  }

  void taken(WorkQueue queue, Duration waited) {
    of(queue).waited.observe(Seconds.of(waited));
  }

  void worked(WorkQueue queue, Duration duration) {
    of(queue).worked.observe(Seconds.of(duration));
  }

  void sent(Priority priority) {
    var counted = sent.get(priority);
    if (counted != null) {
      counted.inc();
    }
  }

  void stepBegan(Instant now) {
    stepBegan = now;
  }

  void stepEnded() {
    stepBegan = null;
  }

  void publish(LoopStatus published) {
    status = published;
  }

  private Series of(WorkQueue queue) {
    var counted = series.get(queue);
    if (counted == null) {
      throw new IllegalStateException("no metrics of " + queue);
    }
    return counted;
  }

  private void queues(GaugeWithCallback.Callback out, ToDoubleFunction<QueueStatus> value) {
    for (var queue : WorkQueue.values()) {
      out.call(value.applyAsDouble(current(queue)), queue.label());
    }
  }

  private void requests(GaugeWithCallback.Callback out, ToDoubleFunction<QueueStatus> value) {
    for (var priority : Priority.values()) {
      var queue = WorkQueue.of(priority);
      out.call(value.applyAsDouble(current(queue)), queue.label());
    }
  }

  /** The status is up to a second old, and older if the loop is stuck: what is under way ages. */
  private QueueStatus current(WorkQueue queue) {
    var published = status;
    var now = time.now();
    var known =
        published == null
            ? IDLE
            : published.queues().getOrDefault(queue, IDLE).after(since(published.at(), now));
    var began = stepBegan;
    if (began == null) {
      return known;
    }
    return switch (queue) {
      case NODE_OBSERVATIONS, POD_OBSERVATIONS -> {
        var age = since(began, now);
        yield new QueueStatus(known.waiting(), 1, age, age);
      }
      case NODE_STATUS, NODE_TAINTS, POD_NOT_READY, POD_DELETION, NODE_LABELS, EVENTS -> known;
    };
  }

  private static Duration since(Instant from, Instant now) {
    return now.isAfter(from) ? Duration.between(from, now) : Duration.ZERO;
  }
}
