package io.nodelifecycle.core;

import io.nodelifecycle.core.model.PodSnapshot;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Everything that is remembered of one pod, as long as it exists. */
final class PodEntry {
  private static final Duration FAR = Duration.ofDays(200 * 365);

  PodSnapshot pod;

  /** Since when it is bound: nanoseconds from the epoch cost less than an instant for each pod. */
  private long boundNanos;

  /** The list in which it was last reported. */
  int generation;

  /** Where it stands among the pods of its node. */
  int position;

  /** What is going on with it, null for almost every pod. */
  @Nullable PodWork work;

  PodEntry(PodSnapshot pod, Instant boundAt) {
    this.pod = pod;
    boundAt(boundAt);
  }

  /** Since when it is bound to its node, on the monotonic time line. */
  Instant boundAt() {
    return Instant.EPOCH.plusNanos(boundNanos);
  }

  /** It is bound to its node since then; what is further away than two centuries counts as that. */
  void boundAt(Instant instant) {
    var fromEpoch = Duration.between(Instant.EPOCH, instant);
    boundNanos =
        fromEpoch.abs().compareTo(FAR) < 0
            ? fromEpoch.toNanos()
            : fromEpoch.isNegative() ? -FAR.toNanos() : FAR.toNanos();
  }

  /** What is going on with it, made on demand. */
  PodWork work() {
    var present = work;
    if (present == null) {
      present = new PodWork();
      work = present;
    }
    return present;
  }

  /** Whether its deletion was asked for, by whomever, or it is gone already. */
  boolean isEnding() {
    return pod.isTerminating() || (work != null && (work.isDeleted || work.isGone));
  }

  /** Frees what is no longer needed. */
  void settle() {
    if (work != null && work.isOver()) {
      work = null;
    }
  }

  /** Timers and writes of one pod. */
  static final class PodWork {
    final WriteSlot slot = new WriteSlot();

    /** When its countdown ends, or ended; null if none was started. */
    @Nullable Instant timer;

    /** It was announced that it will be deleted; that is said once. */
    boolean isMarked;

    /** The condition that precedes the deletion is written. */
    boolean hasCondition;

    /** The API server has taken its deletion; it is there until it has ended. */
    boolean isDeleted;

    /** The API server has answered that it does not exist any more. */
    boolean isGone;

    /** How often it was marked not ready since its node is unknown, and when it may be again. */
    int readyMarks;

    Instant readyMarkNotBefore = Instant.MIN;

    /** The episode of its node that the marks belong to. */
    int unknownEpisode;

    boolean isOver() {
      var isUntouched = !isMarked && !isDeleted && !isGone;
      return isUntouched && slot.isIdle() && timer == null && readyMarks == 0;
    }
  }
}
