package io.nodelifecycle.observe.metrics;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Announcement;
import io.nodelifecycle.runtime.EventPost;
import io.nodelifecycle.runtime.dryrun.DryRunObserver;
import io.nodelifecycle.runtime.dryrun.WouldBeWrite;
import io.prometheus.metrics.core.metrics.Counter;

/**
 * Counts what a dry run would have done, apart from what is really done: whoever watches evictions
 * must not take the ones for the others.
 */
final class DryRunMetrics implements DryRunObserver {
  private static final String EVENT = "event";

  private final Counter writes;
  private final Counter evictions;
  private volatile boolean isOn;

  DryRunMetrics(Instruments instruments) {
    instruments.gauge(Metric.DRY_RUN, out -> out.call(isOn ? 1 : 0));
    writes = instruments.counter(Metric.DRY_RUN_WRITES);
    evictions = instruments.counter(Metric.DRY_RUN_EVICTIONS);
    for (var kind : WriteKind.values()) {
      writes.initLabelValues(kind.label());
    }
    writes.initLabelValues(EVENT);
  }

  /** From now on this is a dry run. */
  void begin() {
    isOn = true;
  }

  /** Whether the announcement is about something that was not really done: it is counted here. */
  boolean takes(Announcement announcement) {
    return isOn
        && switch (announcement) {
          case Action.NodeReleased(_, var zone) -> {
            evictions.labelValues(zone.label()).inc();
            yield true;
          }
          case Action.ZoneForgotten(var zone) -> {
            // Zones that come and go must not add up.
            evictions.remove(zone.label());
            yield false;
          }
          case Action.NodeStatusWritten _, Action.NodeTaintsWritten _, Action.PodDeleted _ -> true;
          default -> false;
        };
  }

  @Override
  public void wouldWrite(WouldBeWrite write) {
    writes.labelValues(WriteKind.of(write.write()).label()).inc();
  }

  @Override
  public void wouldPost(EventPost event) {
    writes.labelValues(EVENT).inc();
  }
}
