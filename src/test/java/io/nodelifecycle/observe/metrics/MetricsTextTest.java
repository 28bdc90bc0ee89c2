package io.nodelifecycle.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.kubernetes.http.SteppedTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MetricsTextTest {
  private final ControllerMetrics metrics = new ControllerMetrics(new SteppedTime());

  /** Those that have no series before their labels are known. */
  private static Set<String> silentAtFirst() {
    return Stream.of(
            Metric.ZONE_HEALTH,
            Metric.ZONE_SIZE,
            Metric.UNHEALTHY_NODES,
            Metric.EVICTIONS,
            Metric.REQUESTS,
            Metric.REQUEST_DURATION,
            Metric.MASTER_STATUS,
            Metric.NODES,
            Metric.PODS,
            Metric.PENDING_EVICTIONS,
            Metric.NEXT_DEADLINE,
            Metric.ZONE_QUEUE_LENGTH,
            Metric.ZONE_QUEUE_OLDEST,
            Metric.ZONE_STATE,
            Metric.CLUSTER_STOP,
            Metric.PATIENCE,
            Metric.CACHE_AGE,
            Metric.FOREIGN_WRITE_AGE,
            Metric.DRY_RUN_EVICTIONS,
            Metric.STATUS_AGE)
        .map(Metric::title)
        .collect(Collectors.toSet());
  }

  @Test
  void everyMetricOfTheCatalogueIsRenderedWithItsType() {
    var types = Exposition.parse(metrics.text()).types();
    for (var metric : Metric.values()) {
      if (!silentAtFirst().contains(metric.title())) {
        assertThat(types)
            .containsEntry(metric.title(), metric.kind().name().toLowerCase(Locale.ROOT));
      }
    }
  }

  @Test
  void nothingIsRenderedThatIsNotInTheCatalogue() {
    var known = Stream.of(Metric.values()).map(Metric::title).collect(Collectors.toSet());
    assertThat(Exposition.parse(metrics.text()).types().keySet())
        .filteredOn(name -> !name.startsWith("jvm_") && !name.startsWith("process_"))
        .allSatisfy(name -> assertThat(known).contains(name));
  }

  @Test
  void theProcessAndTheJvmAreRendered() {
    assertThat(Exposition.parse(metrics.text()).types())
        .containsKeys(
            "process_cpu_seconds_total",
            "process_start_time_seconds",
            "jvm_memory_used_bytes",
            "jvm_threads_current",
            "jvm_gc_collection_seconds");
  }

  @Test
  void bucketsAreCumulativeAndTheLastOneHasAll() {
    var name = "taint_eviction_controller_pod_deletion_duration_seconds";
    for (var millis : new long[] {5, 6, 300_000}) {
      metrics.announce(
          new Action.PodDeleted(new PodKey("s", "p", "u"), "a", true, Duration.ofMillis(millis)));
    }
    var exposition = Exposition.parse(metrics.text());
    assertThat(exposition.value(name + "_bucket", "le", "0.005")).hasValue(1);
    assertThat(exposition.value(name + "_bucket", "le", "0.025")).hasValue(2);
    assertThat(exposition.value(name + "_bucket", "le", "240.0")).hasValue(2);
    assertThat(exposition.value(name + "_bucket", "le", "+Inf")).hasValue(3);
    assertThat(exposition.value(name + "_count")).hasValue(3);
  }

  @Test
  void theNumberOfSeriesDoesNotDependOnWhatIsCounted() {
    metrics.announce(new Action.PodDeleted(new PodKey("s", "p0", "u0"), "a", true, Duration.ZERO));
    var before = new HashMap<>(Exposition.parse(metrics.text()).values()).keySet();
    for (var i = 1; i < 1000; i++) {
      var pod = new PodKey("s", "p" + i, "u" + i);
      metrics.announce(new Action.PodDeleted(pod, "n" + i, true, Duration.ofMillis(i)));
      metrics.announce(
          new Action.WriteFailed(new Action.DeletePod(pod, "a", true, i), "no " + i, i));
    }
    assertThat(Exposition.parse(metrics.text()).values().keySet())
        .filteredOn(series -> !series.name().startsWith("jvm_"))
        .filteredOn(series -> !series.name().startsWith("process_"))
        .allSatisfy(series -> assertThat(before).contains(series));
  }
}
