package io.nodelifecycle.observe.metrics;

import io.nodelifecycle.core.Action.Announcement;
import io.nodelifecycle.core.Action.Blinded;
import io.nodelifecycle.core.Action.ClusterStopChanged;
import io.nodelifecycle.core.Action.EvictionAverted;
import io.nodelifecycle.core.Action.ForeignWriteSeen;
import io.nodelifecycle.core.Action.LeaseWatchBehind;
import io.nodelifecycle.core.Action.LeaseWatchCaughtUp;
import io.nodelifecycle.core.Action.LeaseWatchStuck;
import io.nodelifecycle.core.Action.LiveReadFailed;
import io.nodelifecycle.core.Action.LiveReadRecovered;
import io.nodelifecycle.core.Action.NodeEmptied;
import io.nodelifecycle.core.Action.NodeHeard;
import io.nodelifecycle.core.Action.NodeReadyChanged;
import io.nodelifecycle.core.Action.NodeReleased;
import io.nodelifecycle.core.Action.NodeSilent;
import io.nodelifecycle.core.Action.NodeStatusWritten;
import io.nodelifecycle.core.Action.NodeTaintsWritten;
import io.nodelifecycle.core.Action.PodDeleted;
import io.nodelifecycle.core.Action.PodReadyContested;
import io.nodelifecycle.core.Action.Synced;
import io.nodelifecycle.core.Action.WriteFailed;
import io.nodelifecycle.core.Action.WriteKeepsFailing;
import io.nodelifecycle.core.Action.ZoneChanged;
import io.nodelifecycle.core.Action.ZoneForgotten;
import io.nodelifecycle.core.foreign.ForeignWrite;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.Locale;

/** Counts announcements. */
final class AnnouncementMetrics {
  private final ZoneMetrics zones;
  private final Counter deletions;
  private final Histogram deletionDuration;
  private final Counter timeoutDeletions;
  private final Histogram statusWriteDelay;
  private final Counter blinded;
  private final Counter failed;
  private final Counter failing;
  private final Counter contested;
  private final Counter averted;
  private final Counter failedReads;
  private final Counter behind;
  private final Counter foreign;

  AnnouncementMetrics(Instruments instruments, ZoneMetrics zones) {
    this.zones = zones;
    deletions = instruments.counter(Metric.POD_DELETIONS);
    deletionDuration = instruments.histogram(Metric.POD_DELETION_DURATION);
    timeoutDeletions = instruments.counter(Metric.TIMEOUT_DELETIONS);
    statusWriteDelay = instruments.histogram(Metric.STATUS_WRITE_DELAY);
    blinded = instruments.counter(Metric.BLINDED);
    failed = instruments.counter(Metric.FAILED_WRITES);
    failing = instruments.counter(Metric.PERSISTENT_FAILURES);
    contested = instruments.counter(Metric.POD_READY_CONTESTED);
    averted = instruments.counter(Metric.AVERTED_EVICTIONS);
    failedReads = instruments.counter(Metric.FAILED_LIVE_READS);
    behind = instruments.counter(Metric.LEASE_WATCH_BEHIND);
    foreign = instruments.counter(Metric.FOREIGN_WRITES);
    for (var kind : ForeignWrite.Kind.values()) {
      foreign.initLabelValues(label(kind));
    }
    for (var kind : WriteKind.values()) {
      failed.initLabelValues(kind.label());
      failing.initLabelValues(kind.label());
    }
  }

  void announce(Announcement announcement) {
    switch (announcement) {
      case NodeReleased(_, var zone) -> zones.released(zone);
      case ZoneForgotten(var zone) -> zones.forget(zone);
      case NodeStatusWritten(_, _, var since) -> statusWriteDelay.observe(seconds(since));
      case PodDeleted(_, _, var isByTaints, var sinceDue) -> deleted(isByTaints, sinceDue);
      case Blinded _ -> blinded.inc();
      case WriteFailed(var write, _, _) -> failed.labelValues(WriteKind.of(write).label()).inc();
      case WriteKeepsFailing(var write, _) ->
          failing.labelValues(WriteKind.of(write).label()).inc();
      case PodReadyContested _ -> contested.inc();
      case ForeignWriteSeen(var finding) ->
          finding.counts().forEach((kind, count) -> foreign.labelValues(label(kind)).inc(count));
      case EvictionAverted _ -> averted.inc();
      case LiveReadFailed _ -> failedReads.inc();
      case LeaseWatchBehind _ -> behind.inc();
      case Synced _,
          NodeEmptied _,
          NodeSilent _,
          NodeHeard _,
          NodeReadyChanged _,
          NodeTaintsWritten _,
          ZoneChanged _,
          ClusterStopChanged _,
          LeaseWatchStuck _,
          LeaseWatchCaughtUp _,
          LiveReadRecovered _ -> {}
    }
  }

  private void deleted(boolean isByTaints, Duration sinceDue) {
    if (isByTaints) {
      deletions.inc();
      deletionDuration.observe(seconds(sinceDue));
    } else {
      timeoutDeletions.inc();
    }
  }

  private static String label(ForeignWrite.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static double seconds(Duration duration) {
    return Math.max(0, Seconds.of(duration));
  }
}
