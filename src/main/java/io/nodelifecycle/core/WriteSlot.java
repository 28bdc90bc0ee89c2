package io.nodelifecycle.core;

import io.nodelifecycle.core.Action.Kind;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.schedule.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one write to an object that is waiting or under way, and what is remembered of those that
 * failed.
 *
 * <p>A write that waits in the budget's queue may be replaced or withdrawn; one that is under way
 * may not: its answer is awaited first. Failures are remembered by kind, so that a denied label
 * does not hold up a status.
 */
final class WriteSlot {
  /** A write that has been failing for so long is told to people. */
  private static final Duration TOLD_AFTER = Duration.ofMinutes(1);

  private @Nullable Write current;
  private boolean isUnderWay;
  private @Nullable Map<Kind, Retry> retries;

  /** Whether a write was sent and not answered yet. */
  boolean isUnderWay() {
    return isUnderWay;
  }

  /** Whether this write is the one that waits. */
  boolean isWaiting(Write write) {
    return write.equals(current) && !isUnderWay;
  }

  /** Whether a write of this kind waits. */
  boolean isWaitingFor(Kind kind) {
    var write = current;
    return write != null && !isUnderWay && write.kind() == kind;
  }

  /** Whether nothing waits, is under way, or has failed. */
  boolean isIdle() {
    return current == null && retries == null;
  }

  /** Lets a write wait instead of the one that may be waiting now. */
  void offer(Write write) {
    current = write;
  }

  /** Nothing needs to be written any more. */
  void withdraw() {
    if (!isUnderWay) {
      current = null;
    }
  }

  /** The waiting write goes out in this form. */
  void send(Write write) {
    current = write;
    isUnderWay = true;
  }

  /** Takes note of the answer to a write; false if it is not the one under way. */
  boolean ended(Write write) {
    if (!write.equals(current) || !isUnderWay) {
      return false;
    }
    current = null;
    isUnderWay = false;
    return true;
  }

  /** A write of this kind was carried out, or is not wanted any more: its failures are void. */
  void settle(Kind kind) {
    if (retries != null) {
      retries.remove(kind);
      retries = retries.isEmpty() ? null : retries;
    }
  }

  /**
   * A write of this kind failed; the next waits for the backoff.
   *
   * @return true the first time that it has been failing for a minute: people should know
   */
  boolean failed(Kind kind, Duration retryAfter, Instant now) {
    var retry = remember(kind, retryAfter, null, now);
    var isToBeTold = !retry.isTold && !now.isBefore(retry.since.plus(TOLD_AFTER));
    retry.isTold |= isToBeTold;
    return isToBeTold;
  }

  /** A write of this kind lost a race; the next waits for a newer version, or for the backoff. */
  void conflicted(Kind kind, String resourceVersion, Instant now) {
    remember(kind, Duration.ZERO, resourceVersion, now);
  }

  private Retry remember(Kind kind, Duration retryAfter, @Nullable String version, Instant now) {
    if (retries == null) {
      retries = new EnumMap<>(Kind.class);
    }
    var retry = retries.computeIfAbsent(kind, _ -> new Retry(now));
    retry.attempt++;
    retry.notBefore = now.plus(Backoff.after(retry.attempt, retryAfter));
    retry.lostWith = version;
    return retry;
  }

  /** How often writes of this kind failed in a row. */
  int attempts(Kind kind) {
    var retry = retries == null ? null : retries.get(kind);
    return retry == null ? 0 : retry.attempt;
  }

  /** Whether a write of this kind failed, and did so otherwise than by losing a race. */
  boolean hasFailed(Kind kind) {
    var retry = retries == null ? null : retries.get(kind);
    return retry != null && retry.lostWith == null;
  }

  /** When a write of this kind may be tried. */
  Instant notBefore(Kind kind, String resourceVersion) {
    var retry = retries == null ? null : retries.get(kind);
    if (retry == null || (retry.lostWith != null && !retry.lostWith.equals(resourceVersion))) {
      return Instant.MIN;
    }
    return retry.notBefore;
  }

  /** Failures in a row of one kind. */
  private static final class Retry {
    final Instant since;
    int attempt;
    Instant notBefore = Instant.MIN;
    boolean isTold;

    /** The version with which the last try lost a race, null if it failed otherwise. */
    @Nullable String lostWith;

    Retry(Instant since) {
      this.since = since;
    }
  }
}
