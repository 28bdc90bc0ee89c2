package io.nodelifecycle.sandbox.cluster;

import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A reader of the changes of one resource, at its own pace. It holds a place in the cluster's log
 * and no buffer; one that falls behind the log has lost its place and fails. For one thread at a
 * time.
 */
public final class Watch implements AutoCloseable {
  private final ReentrantLock lock;
  private final ChangeLog log;
  private final ListQuery query;
  private final Iterator<StoredObject> initial;
  private final Runnable unsubscribe;
  private final Progress progress;
  private long position;
  private long revision;

  /** Where a watch begins. */
  record Start(Iterator<StoredObject> initial, long position, long revision) {}

  /** The version of the whole cluster, as it is now. */
  @FunctionalInterface
  interface Progress {
    long revision();
  }

  Watch(ReentrantLock lock, ChangeLog log, ListQuery query, Start start, Handle handle) {
    this.lock = lock;
    this.log = log;
    this.query = query;
    this.initial = start.initial();
    this.position = start.position();
    this.revision = start.revision();
    this.unsubscribe = handle.unsubscribe();
    this.progress = handle.progress();
  }

  /** What a watch needs of the cluster besides the log. */
  record Handle(Runnable unsubscribe, Progress progress) {}

  /**
   * The next events, in order; none if nothing new happened.
   *
   * @param max the largest number of changes looked at
   * @throws ApiFailure 410 if changes that this watch has not seen are no longer kept
   */
  public List<WatchEvent> poll(int max) {
    List<WatchEvent> events = new ArrayList<>();
    while (initial.hasNext() && events.size() < max) {
      events.add(new WatchEvent(WatchEvent.Type.ADDED, initial.next()));
    }
    if (initial.hasNext()) {
      return events;
    }
    for (Change change : take(max - events.size())) {
      change.through(query).ifPresent(events::add);
    }
    return events;
  }

  /** The version up to which everything was returned by {@link #poll}: what a bookmark says. */
  public long revision() {
    return revision;
  }

  /** Whether a {@link #poll} now would have something to look at. */
  public boolean isBehind() {
    lock.lock();
    try {
      return initial.hasNext() || position < log.end();
    } finally {
      lock.unlock();
    }
  }

  private List<Change> take(int max) {
    lock.lock();
    try {
      if (!log.reaches(position)) {
        throw ApiFailure.expired(
            "too old resource version: %d (%d)".formatted(revision, log.compacted()));
      }
      List<Change> changes = new ArrayList<>();
      while (position < log.end() && changes.size() < max) {
        changes.add(log.at(position++));
      }
      if (position == log.end()) {
        revision = Math.max(revision, progress.revision());
      } else if (!changes.isEmpty()) {
        revision = Math.max(revision, changes.getLast().revision());
      }
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /** Ends it; its subscriber is no longer called. */
  @Override
  public void close() {
    unsubscribe.run();
  }
}
