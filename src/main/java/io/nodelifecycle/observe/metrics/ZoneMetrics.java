package io.nodelifecycle.observe.metrics;

import io.nodelifecycle.core.model.Zone;
import io.nodelifecycle.core.zone.ZoneState;
import io.nodelifecycle.core.zone.ZoneStatus;
import io.nodelifecycle.runtime.LoopStatus;
import io.nodelifecycle.runtime.TimeSource;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of zones. A zone without nodes is still shown as healthy and empty, so that an alarm
 * about it ends; of such zones the last hundred are remembered, and with them their count of
 * evictions.
 */
final class ZoneMetrics {
  /** How many forgotten zones are shown. */
  static final int FORGOTTEN_MAX = 100;

  private static final double HEALTHY = 100;

  private final TimeSource time;
  private final Counter evictions;
  private volatile Map<String, ZoneStatus> zones = Map.of();
  private volatile Set<String> forgotten = Set.of();

  ZoneMetrics(Instruments instruments, TimeSource time) {
    this.time = time;
    evictions = instruments.counter(Metric.EVICTIONS);
    instruments.gauge(Metric.ZONE_HEALTH, out -> all(out, ZoneMetrics::health, HEALTHY));
    instruments.gauge(Metric.ZONE_SIZE, out -> all(out, ZoneStatus::size, 0));
    instruments.gauge(Metric.UNHEALTHY_NODES, out -> all(out, ZoneStatus::notReady, 0));
    instruments.gauge(Metric.ZONE_QUEUE_LENGTH, out -> present(out, ZoneStatus::queued));
    instruments.gauge(Metric.ZONE_QUEUE_OLDEST, out -> present(out, this::oldest));
    instruments.gauge(Metric.ZONE_STATE, this::states);
  }

  /** Takes note of the zones that there are. */
  void publish(LoopStatus status) {
    var present = byLabel(status.lifecycle().zones());
    present.keySet().forEach(evictions::initLabelValues);
    zones = present;
    if (forgotten.stream().anyMatch(present::containsKey)) {
      var still = new LinkedHashSet<>(forgotten);
      still.removeAll(present.keySet());
      forgotten = still;
    }
  }

  private static Map<String, ZoneStatus> byLabel(Collection<ZoneStatus> zones) {
    var byLabel = new LinkedHashMap<String, ZoneStatus>();
    zones.forEach(status -> byLabel.putIfAbsent(status.zone().label(), status));
    return byLabel;
  }

  /** A node of the zone left its queue. */
  void released(Zone zone) {
    evictions.labelValues(zone.label()).inc();
  }

  /** The zone's last node is gone. */
  void forget(Zone zone) {
    var label = zone.label();
    var shown = new LinkedHashSet<>(forgotten);
    // Again the youngest, if it came back in between.
    shown.remove(label);
    shown.add(label);
    while (shown.size() > FORGOTTEN_MAX) {
      evictions.remove(shown.removeFirst());
    }
    forgotten = shown;
    var left = new LinkedHashMap<>(zones);
    left.remove(label);
    zones = left;
  }

  private void all(
      GaugeWithCallback.Callback out, ToDoubleFunction<ZoneStatus> value, double whenForgotten) {
    var present = zones;
    present.forEach((label, status) -> out.call(value.applyAsDouble(status), label));
    for (var label : forgotten) {
      if (!present.containsKey(label)) {
        out.call(whenForgotten, label);
      }
    }
  }

  private void present(GaugeWithCallback.Callback out, ToDoubleFunction<ZoneStatus> value) {
    zones.forEach((label, status) -> out.call(value.applyAsDouble(status), label));
  }

  private static double health(ZoneStatus zone) {
    return zone.size() == 0 ? HEALTHY : HEALTHY * (zone.size() - zone.notReady()) / zone.size();
  }

  private double oldest(ZoneStatus zone) {
    return zone.oldestQueuedAt().equals(Instant.MAX)
        ? 0
        : Seconds.between(zone.oldestQueuedAt(), time.now());
  }

  private void states(GaugeWithCallback.Callback out) {
    zones.forEach((label, status) -> {
      for (var state : ZoneState.values()) {
        out.call(state == status.state() ? 1 : 0, label, state.title());
      }
    });
  }
}
