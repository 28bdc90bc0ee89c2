package io.nodelifecycle.observe;

import io.nodelifecycle.core.Action.Announcement;
import io.nodelifecycle.core.Action.Blinded;
import io.nodelifecycle.core.Action.ClusterStopChanged;
import io.nodelifecycle.core.Action.ForeignWriteSeen;
import io.nodelifecycle.core.Action.LiveAnnouncement;
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
import io.nodelifecycle.core.foreign.ForeignFinding;
import io.nodelifecycle.core.zone.ZoneChange;
import io.nodelifecycle.runtime.AnnouncementSink;
import io.nodelifecycle.runtime.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs announcements: one record per change of a node, a pod, a zone or the cluster; of writes that
 * fail no more than tells what is wrong.
 */
public final class AnnouncementLog implements AnnouncementSink {
  private static final Logger LOGGER = LoggerFactory.getLogger(AnnouncementLog.class);

  private final LineQuota failures;
  private final LineQuota lasting;

  /** A log on the program's logger. */
  public AnnouncementLog(TimeSource time) {
    this.failures = new LineQuota(time);
    this.lasting = new LineQuota(time);
  }

  @Override
  public void announce(Announcement announcement) {
    switch (announcement) {
      case Synced(var nodes, var pods) ->
          LOGGER
              .atInfo()
              .addKeyValue("nodes", nodes)
              .addKeyValue("pods", pods)
              .log("caches synced");
      case NodeSilent(var node, var zone, var unheard) ->
          LOGGER
              .atWarn()
              .addKeyValue("node", node)
              .addKeyValue("zone", zone)
              .addKeyValue("unheardSeconds", unheard)
              .log("node is silent");
      case NodeHeard(var node) ->
          LOGGER.atInfo().addKeyValue("node", node).log("silent node was heard again");
      case NodeReadyChanged change -> with(change, LOGGER).log("node's Ready condition changed");
      case NodeTaintsWritten written -> taintsWritten(written);
      case NodeReleased(var node, var zone) ->
          LOGGER
              .atDebug()
              .addKeyValue("node", node)
              .addKeyValue("zone", zone)
              .log("node's turn in its zone's queue has come");
      case NodeEmptied(var node) ->
          LOGGER
              .atDebug()
              .addKeyValue("node", node)
              .log("node has been emptied by the process that led before");
      case NodeStatusWritten(var node, _, var since) ->
          LOGGER
              .atDebug()
              .addKeyValue("node", node)
              .addKeyValue("millisSinceGraceEnd", since.toMillis())
              .log("silent node's conditions written");
      case ZoneChanged(var change) -> zone(change);
      case ZoneForgotten(var zone) ->
          LOGGER.atInfo().addKeyValue("zone", zone).log("zone has no node any more");
      case ClusterStopChanged(var isStopped) -> stop(isStopped);
      case Blinded blinded -> blinded(blinded);
      case PodDeleted(var pod, var node, var isByTaints, _) ->
          LOGGER
              .atInfo()
              .addKeyValue("pod", pod)
              .addKeyValue("node", node)
              .log(
                  isByTaints
                      ? "pod deleted because of its node's taints"
                      : "pod deleted because its node has been failed for too long");
      case WriteFailed failed -> failure(failed);
      case WriteKeepsFailing failing -> failing(failing);
      case ForeignWriteSeen(var finding) -> foreign(finding);
      case LiveAnnouncement live -> LiveReadLog.log(live);
      case PodReadyContested(var pod, var node) ->
          LOGGER
              .atWarn()
              .addKeyValue("pod", pod)
              .addKeyValue("node", node)
              .log("something makes the pod ready again although its node is unknown");
    }
  }

  private static void foreign(ForeignFinding finding) {
    LOGGER
        .atWarn()
        .addKeyValue("node", finding.write().node())
        .addKeyValue("written", finding.write().what())
        .addKeyValue("by", finding.by().isEmpty() ? "unknown" : finding.by())
        .addKeyValue("writes", finding.counts().values().stream().mapToInt(each -> each).sum())
        .log(
            "another controller writes the same conditions and taints of nodes; "
                + ForeignFinding.REMEDY);
  }

  /** A line about a change, whose text is still to be given. */
  static LoggingEventBuilder with(NodeReadyChanged change, Logger logger) {
    return logger
        .atInfo()
        .addKeyValue("node", change.node())
        .addKeyValue("zone", change.zone())
        .addKeyValue("from", change.from())
        .addKeyValue("to", change.to());
  }

  private static void taintsWritten(NodeTaintsWritten written) {
    LOGGER
        .atInfo()
        .addKeyValue("node", written.node())
        .addKeyValue("added", written.added())
        .addKeyValue("removed", written.removed())
        .log("node's taints changed");
  }

  private static void blinded(Blinded blinded) {
    LOGGER
        .atWarn()
        .addKeyValue("reason", blinded.why())
        .addKeyValue("patienceSeconds", blinded.patienceSeconds())
        .log("nothing is concluded from silence for a while");
  }

  private void failure(WriteFailed failed) {
    var line =
        LOGGER
            .atWarn()
            .addKeyValue("write", failed.write().text())
            .addKeyValue("reason", failed.reason())
            .addKeyValue("retryInSeconds", failed.retrySeconds());
    log(line, failures.next(failed.write().getClass()), "write failed and will be retried");
  }

  private void failing(WriteKeepsFailing failing) {
    var line =
        LOGGER
            .atWarn()
            .addKeyValue("write", failing.write().text())
            .addKeyValue("reason", failing.reason());
    log(line, lasting.next(failing.write().getClass()), "write has been failing for a minute");
  }

  private static void log(LoggingEventBuilder line, LineQuota.Line quota, String text) {
    if (quota.isSaid()) {
      (quota.unsaid() > 0 ? line.addKeyValue("notLogged", quota.unsaid()) : line).log(text);
    }
    if (quota.isLast()) {
      LOGGER.warn(
          "so many writes of this kind fail that more of them are not logged for a minute; metrics"
              + " count them all");
    }
  }

  private static void zone(ZoneChange change) {
    LOGGER
        .atInfo()
        .addKeyValue("zone", change.zone())
        .addKeyValue("from", change.from().title())
        .addKeyValue("to", change.to().title())
        .addKeyValue("notReady", change.notReady())
        .addKeyValue("size", change.size())
        .addKeyValue("nodesPerSecond", change.rate())
        .log("zone's state or rate changed");
  }

  private static void stop(boolean isStopped) {
    if (isStopped) {
      LOGGER.warn("no zone has a ready node: nothing is tainted or evicted until one has");
    } else {
      LOGGER.info("a zone has ready nodes again: tainting and evicting go on");
    }
  }
}
