package io.nodelifecycle.observe.metrics;

import io.nodelifecycle.core.Action.Announcement;
import io.nodelifecycle.core.Action.Priority;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.runtime.AnnouncementSink;
import io.nodelifecycle.runtime.LoopObserver;
import io.nodelifecycle.runtime.LoopStatus;
import io.nodelifecycle.runtime.RequestObserver;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.runtime.WorkQueue;
import io.nodelifecycle.runtime.dryrun.DryRunObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All metrics of one run of the controller. Thread-safe. */
public final class ControllerMetrics implements AnnouncementSink, LoopObserver, RequestObserver {
  private static final String NO_CODE = "<error>";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ZoneMetrics zones;
  private final QueueMetrics queues;
  private final LoopMetrics loop;
  private final AnnouncementMetrics announcements;
  private final DryRunMetrics dryRun;
  private final Counter requests;
  private final Histogram requestDuration;
  private final Histogram nodeHealth;
  private final Histogram allNodesHealth;
  private volatile String election = "";
  private volatile boolean isLeading;

  /** Metrics that have counted nothing yet. */
  public ControllerMetrics(TimeSource time) {
    var instruments = new Instruments(registry);
    zones = new ZoneMetrics(instruments, time);
    queues = new QueueMetrics(instruments, time);
    loop = new LoopMetrics(instruments, time);
    announcements = new AnnouncementMetrics(instruments, zones);
    dryRun = new DryRunMetrics(instruments);
    requests = instruments.counter(Metric.REQUESTS);
    requestDuration = instruments.histogram(Metric.REQUEST_DURATION);
    nodeHealth = instruments.histogram(Metric.NODE_HEALTH_DURATION);
    allNodesHealth = instruments.histogram(Metric.ALL_NODES_HEALTH_DURATION);
    instruments.gauge(Metric.MASTER_STATUS, this::masterStatus);
    registerProcess();
  }

  private void masterStatus(GaugeWithCallback.Callback out) {
    if (!election.isEmpty()) {
      out.call(isLeading ? 1 : 0, election);
    }
  }

  /** This process takes part in the election of that name, and does not lead. */
  public void takesPart(String name) {
    election = name;
  }

  /** Whether this process leads now. */
  public void leads(boolean isLeader) {
    isLeading = isLeader;
  }

  /** This is a dry run, and what it would write is counted by what is returned. */
  public DryRunObserver dryRun() {
    dryRun.begin();
    return dryRun;
  }

  private void registerProcess() {
    ProcessMetrics.builder().register(registry);
    JvmRuntimeInfoMetric.builder().register(registry);
    JvmMemoryMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    JvmThreadsMetrics.builder().register(registry);
  }

  /** Says where to ask, on any thread, when something was last heard of each resource. */
  public void readCacheAgesFrom(Supplier<Map<Resource, Instant>> lastHeard) {
    loop.readAgesFrom(lastHeard);
  }

  /** All metrics in the text format of Prometheus. */
  public String text() {
    return MetricsText.of(registry, "").text();
  }

  /**
   * All metrics in the format that an Accept header asks for: the text format of Prometheus, or
   * OpenMetrics.
   */
  public MetricsText render(String accept) {
    return MetricsText.of(registry, accept);
  }

  /** When the loop last said how it is doing; empty if it never did. Can be asked on any thread. */
  public Optional<Instant> lastStatus() {
    return loop.lastStatus();
  }

  PrometheusRegistry registry() {
    return registry;
  }

  @Override
  public void announce(Announcement announcement) {
    if (!dryRun.takes(announcement)) {
      announcements.announce(announcement);
    }
  }

  @Override
  public void answered(int code, String method, String host, Duration duration) {
    var label = code == UNANSWERED ? NO_CODE : Integer.toString(code);
    requests.labelValues(label, method, host).inc();
    requestDuration.labelValues(method, host).observe(Seconds.of(duration));
  }

  @Override
  public void added(WorkQueue queue, boolean isRetry) {
    queues.added(queue, isRetry);
  }

  @Override
  public void taken(WorkQueue queue, Duration waited) {
    queues.taken(queue, waited);
  }

  @Override
  public void worked(WorkQueue queue, Duration duration) {
    queues.worked(queue, duration);
  }

  @Override
  public void sent(Priority priority) {
    queues.sent(priority);
  }

  @Override
  public void stepBegan(Instant now) {
    queues.stepBegan(now);
  }

  @Override
  public void judged(Duration duration, long nodes) {
    if (nodes > 0) {
      var seconds = Seconds.of(duration);
      allNodesHealth.observe(seconds);
      nodeHealth.observe(seconds / nodes);
    }
  }

  @Override
  public void stepEnded() {
    queues.stepEnded();
  }

  @Override
  public void publish(LoopStatus status) {
    zones.publish(status);
    queues.publish(status);
    loop.publish(status);
  }
}
