package io.nodelifecycle.core;

import io.nodelifecycle.core.schedule.DeadlineQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The pods that are to go: those whose countdown runs, by its end, and those that should be gone,
 * with since when. For people only; nothing is decided by it.
 */
final class PendingEvictions {
  private final DeadlineQueue<PodEntry> countdowns = new DeadlineQueue<>();
  private final Map<PodEntry, Instant> due = new HashMap<>();

  /** Takes note of what becomes of a pod. */
  void note(PodEntry entry, EvictionVerdict verdict, Instant now) {
    switch (verdict) {
      case STAYS -> {
        if (entry.work == null || !entry.work.slot.isUnderWay()) {
          forget(entry);
        }
      }
      case WAITS -> {
        due.remove(entry);
        countdowns.set(entry, timer(entry, now));
      }
      case HELD, GOES -> {
        countdowns.cancel(entry);
        due.computeIfAbsent(entry, _ -> timer(entry, now));
      }
    }
  }

  /** When the pod's countdown ends or has ended; now, if it has none. */
  private static Instant timer(PodEntry entry, Instant now) {
    var timer = entry.work == null ? null : entry.work.timer;
    return timer == null ? now : timer;
  }

  /** The pod is gone. */
  void forget(PodEntry entry) {
    countdowns.cancel(entry);
    due.remove(entry);
  }

  /** Whether the pod should be gone, when it was last judged. */
  boolean isDue(PodEntry entry) {
    return due.containsKey(entry);
  }

  /** For how long the pod should have been gone; zero if it should not. */
  Duration sinceDue(PodEntry entry, Instant now) {
    return Duration.between(due.getOrDefault(entry, now), now);
  }

  /** How many pods are to go. */
  int count() {
    return countdowns.size() + due.size();
  }

  /** When the next countdown ends, {@link Instant#MAX} if none runs. */
  Instant nextDeadline() {
    return countdowns.earliest();
  }
}
