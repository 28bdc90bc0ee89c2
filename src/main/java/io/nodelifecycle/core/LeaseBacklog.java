package io.nodelifecycle.core;

import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.ResourceVersion;
import io.nodelifecycle.core.model.TimeLine;
import java.time.Duration;
import java.time.Instant;

/** The watch of leases is behind: how far it has to come, since when, and what is done about it. */
final class LeaseBacklog {
  /**
   * What the watch delivers within that time was not late: it raced with the answer of the read.
   */
  private static final Duration TOLD_AFTER = Duration.ofSeconds(1);

  private static final Duration REOPENED_AFTER = Duration.ofSeconds(10);

  private final String missed;
  private final int generation;
  private final Outbox outbox;
  private final Instant since;
  private Instant tellAt;
  private Instant reopenAt;
  private Instant stuckAt;
  private boolean isFromList;

  /**
   * The watch has not shown a version that a live read has.
   *
   * @param missed that version
   * @param generation the number of the latest list of leases, which may have begun before
   * @param grace when people are told that it does not end
   */
  LeaseBacklog(String missed, int generation, Duration grace, Outbox outbox, Instant now) {
    this.missed = missed;
    this.generation = generation;
    this.outbox = outbox;
    this.since = now;
    this.tellAt = now.plus(TOLD_AFTER);
    this.reopenAt = now.plus(REOPENED_AFTER);
    this.stuckAt = now.plus(grace);
  }

  Instant since() {
    return since;
  }

  /** Whether a watch that has come to this version has shown everything that was missed. */
  boolean isPassedBy(String resourceVersion) {
    return !ResourceVersion.isOlder(resourceVersion, missed);
  }

  /** Whether the list of this number began after it was known that something was missed. */
  boolean isPassedBy(int listed) {
    return listed > generation;
  }

  /** Tells people, and has the watch opened anew: first where it had come to, then from a list. */
  void advance(Instant now) {
    if (!now.isBefore(tellAt)) {
      tellAt = Instant.MAX;
      outbox.add(new Action.LeaseWatchBehind(seconds(now)));
    }
    if (!now.isBefore(stuckAt)) {
      stuckAt = Instant.MAX;
      outbox.add(new Action.LeaseWatchStuck(seconds(now)));
    }
    if (!now.isBefore(reopenAt)) {
      reopenAt = now.plus(REOPENED_AFTER);
      outbox.add(new Action.ReopenWatch(Resource.LEASES, isFromList));
      isFromList = true;
    }
  }

  /** When {@link #advance} has something to do again. */
  Instant nextWake() {
    return TimeLine.earlier(reopenAt, TimeLine.earlier(tellAt, stuckAt));
  }

  /** The watch has caught up: people are told, if they were told that it was behind. */
  void end(Instant now) {
    if (tellAt.equals(Instant.MAX)) {
      outbox.add(new Action.LeaseWatchCaughtUp(seconds(now)));
    }
  }

  private long seconds(Instant now) {
    return Duration.between(since, now).toSeconds();
  }
}
