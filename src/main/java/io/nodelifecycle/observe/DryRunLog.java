package io.nodelifecycle.observe;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Announcement;
import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.MarkDisruptionTarget;
import io.nodelifecycle.core.Action.MarkNodeLost;
import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Action.NodeReadyChanged;
import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.UnknownCondition;
import io.nodelifecycle.runtime.AnnouncementSink;
import io.nodelifecycle.runtime.EventPost;
import io.nodelifecycle.runtime.dryrun.DryRunObserver;
import io.nodelifecycle.runtime.dryrun.WouldBeWrite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The log of a dry run: one line for each write that would have been carried out, beginning with
 * "would". What is announced of writes is left out, so that nobody takes them for done.
 */
public final class DryRunLog implements AnnouncementSink, DryRunObserver {
  private static final Logger LOGGER = LoggerFactory.getLogger(DryRunLog.class);

  private final AnnouncementSink announcements;
  private final DryRunObserver next;

  /**
   * A log that says first what kind of run this is.
   *
   * @param announcements takes what is true in a dry run, too
   * @param next told the same as this log
   */
  public DryRunLog(AnnouncementSink announcements, DryRunObserver next) {
    this.announcements = announcements;
    this.next = next;
    LOGGER.warn(
        "dry run: nothing will be written to the cluster but the lease of the election; lines that"
            + " begin with \"would\" say what a real run would have written");
  }

  @Override
  public void announce(Announcement announcement) {
    switch (announcement) {
      case Action.NodeStatusWritten _, Action.NodeTaintsWritten _, Action.PodDeleted _ -> {}
      case NodeReadyChanged change ->
          AnnouncementLog.with(change, LOGGER)
              .log("node's Ready condition, as it would be, changed");
      default -> announcements.announce(announcement);
    }
  }

  @Override
  public void wouldWrite(WouldBeWrite would) {
    var line = LOGGER.atInfo();
    switch (would.write()) {
      case PatchNodeStatus patch ->
          log(
              line.addKeyValue("node", patch.node())
                  .addKeyValue(
                      "conditions",
                      patch.conditions().stream().map(UnknownCondition::type).toList()),
              would,
              "would set conditions of a node to Unknown");
      case PatchNodeTaints patch ->
          log(
              line.addKeyValue("node", patch.node())
                  .addKeyValue("added", patch.added())
                  .addKeyValue("removed", patch.removed()),
              would,
              "would change taints of a node");
      case PatchNodeLabels patch ->
          log(
              line.addKeyValue("node", patch.node()).addKeyValue("labels", patch.labels()),
              would,
              "would set labels of a node");
      case MarkPodNotReady mark ->
          log(
              line.addKeyValue("pod", mark.pod()),
              would,
              "would set the Ready condition of a pod to False");
      case MarkNodeLost mark ->
          log(line.addKeyValue("pod", mark.pod()), would, "would set a pod's reason to NodeLost");
      case MarkDisruptionTarget mark ->
          log(
              line.addKeyValue("pod", mark.pod()),
              would,
              "would set the DisruptionTarget condition of a pod");
      case DeletePod delete ->
          log(line.addKeyValue("pod", delete.pod()), would, "would delete pod");
    }
    next.wouldWrite(would);
  }

  private static void log(LoggingEventBuilder line, WouldBeWrite would, String what) {
    line.addKeyValue("why", would.why()).log(what);
  }

  @Override
  public void wouldPost(EventPost event) {
    LOGGER
        .atInfo()
        .addKeyValue("reason", event.event().reason())
        .addKeyValue("message", event.event().message())
        .addKeyValue("count", event.count())
        .log(event.isRepeat() ? "would count up an event" : "would create an event");
    next.wouldPost(event);
  }
}
