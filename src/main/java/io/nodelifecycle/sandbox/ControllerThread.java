package io.nodelifecycle.sandbox;

import io.nodelifecycle.ControllerRun;
import io.nodelifecycle.Wiring;
import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Announcement;
import io.nodelifecycle.kubernetes.ConnectionException;
import io.nodelifecycle.observe.AnnouncementLog;
import io.nodelifecycle.runtime.AnnouncementSink;
import io.nodelifecycle.runtime.SystemTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real controller on a thread of its own. */
final class ControllerThread implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ControllerThread.class);
  private static final Duration FAREWELL = Duration.ofSeconds(6);

  private final ControllerRun run;
  private final Thread thread;
  private final AtomicReference<String> end;
  private final Synced synced;

  /** Passes announcements on to the log, and notes that the caches are complete. */
  private static final class Synced implements AnnouncementSink {
    private final AnnouncementSink log = new AnnouncementLog(new SystemTime());
    private volatile boolean isTrue;

    @Override
    public void announce(Announcement announcement) {
      if (announcement instanceof Action.Synced) {
        isTrue = true;
      }
      log.announce(announcement);
    }
  }

  private ControllerThread(ControllerRun run, Synced synced) {
    this.run = run;
    this.synced = synced;
    this.end = new AtomicReference<>("");
    this.thread = new Thread(this::run, "controller");
  }

  static ControllerThread start(Wiring wiring) throws ConnectionException {
    var synced = new Synced();
    var controller = new ControllerThread(wiring.controller(synced), synced);
    controller.thread.setDaemon(true);
    controller.thread.start();
    return controller;
  }

  private void run() {
    try {
      run.run();
    } catch (InterruptedException _) {
      end.set("it was interrupted");
    } catch (RuntimeException broken) {
      LOGGER.atError().setCause(broken).log("the controller is broken");
      end.set(broken.toString());
    }
  }

  /** Whether it has seen the whole cluster. */
  boolean isSynced() {
    return synced.isTrue;
  }

  /** Why it ended although nobody asked it to; empty as long as it runs. */
  Optional<String> failure() {
    return Optional.of(end.get()).filter(why -> !why.isEmpty());
  }

  @Override
  public void close() {
    run.stop();
    try {
      thread.join(FAREWELL);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    run.close();
  }
}
