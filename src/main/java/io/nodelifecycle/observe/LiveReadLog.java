package io.nodelifecycle.observe;

import io.nodelifecycle.core.Action.EvictionAverted;
import io.nodelifecycle.core.Action.LeaseWatchBehind;
import io.nodelifecycle.core.Action.LeaseWatchCaughtUp;
import io.nodelifecycle.core.Action.LeaseWatchStuck;
import io.nodelifecycle.core.Action.LiveAnnouncement;
import io.nodelifecycle.core.Action.LiveReadFailed;
import io.nodelifecycle.core.Action.LiveReadRecovered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what live reads brought to light. */
final class LiveReadLog {
  private static final Logger LOGGER = LoggerFactory.getLogger(AnnouncementLog.class);

  private LiveReadLog() {}

  static void log(LiveAnnouncement announcement) {
    switch (announcement) {
      case LeaseWatchBehind(var seconds) ->
          LOGGER
              .atWarn()
              .addKeyValue("resource", "leases")
              .addKeyValue("behindSeconds", seconds)
              .log("the watch lacks renewals: no node is declared silent until it has caught up");
      case LeaseWatchStuck(var seconds) ->
          LOGGER
              .atWarn()
              .addKeyValue("resource", "leases")
              .addKeyValue("behindSeconds", seconds)
              .log("the watch does not catch up although it was opened anew");
      case LeaseWatchCaughtUp(var seconds) ->
          LOGGER
              .atInfo()
              .addKeyValue("resource", "leases")
              .addKeyValue("behindSeconds", seconds)
              .log("the watch has caught up");
      case LiveReadFailed(var read, var reason, var retry) ->
          LOGGER
              .atWarn()
              .addKeyValue("read", read.text())
              .addKeyValue("reason", reason)
              .addKeyValue("retryInSeconds", retry)
              .log("live read failed and will be retried; nothing rests on the cache meanwhile");
      case LiveReadRecovered(var read) ->
          LOGGER.atInfo().addKeyValue("read", read.text()).log("live read works again");
      case EvictionAverted(var pod, var node) ->
          LOGGER
              .atInfo()
              .addKeyValue("pod", pod)
              .addKeyValue("node", node)
              .log("pod is not deleted: its node, read live, gives no reason to");
    }
  }
}
