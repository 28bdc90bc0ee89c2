package io.nodelifecycle.serving.review;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;

/** Remembers so many answers, each until an instant; the oldest makes room. Thread-safe. */
public final class ExpiringCache<K, V> {
  private record Entry<V>(V value, Instant end) {}

  private final int entriesMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final SequencedMap<K, Entry<V>> entries = new LinkedHashMap<>();

  /** One that holds nothing yet. */
  public ExpiringCache(int entriesMax) {
    this.entriesMax = entriesMax;
  }

  /** What is remembered; not at its end any more. */
  public Optional<V> get(K key, Instant now) {
    lock.lock();
    try {
      var entry = entries.get(key);
      if (entry == null) {
        return Optional.empty();
      }
      if (!now.isBefore(entry.end)) {
        entries.remove(key);
        return Optional.empty();
      }
      return Optional.of(entry.value);
    } finally {
      lock.unlock();
    }
  }

  /** Remembers it from now on, up to but not at that instant. */
  public void put(K key, V value, Instant end) {
    lock.lock();
    try {
      entries.remove(key);
      entries.putLast(key, new Entry<>(value, end));
      if (entries.size() > entriesMax) {
        entries.pollFirstEntry();
      }
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }
}
