package io.nodelifecycle.core.schedule;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Keys with a deadline each, the earliest first; equal deadlines in the order in which they were
 * set.
 *
 * <p>Moving or cancelling a deadline leaves its old entry in the heap until it surfaces; the heap
 * is rebuilt when more than half of it is such leftovers, so it never holds more than twice what is
 * set.
 *
 * @param <K> the keys
 */
public final class DeadlineQueue<K> {
  private static final int LEFTOVERS_MIN = 64;

  private final Map<K, Entry<K>> current = new HashMap<>();
  private PriorityQueue<Entry<K>> heap = new PriorityQueue<>();
  private long sequence;

  /** Without any deadline. */
  public DeadlineQueue() {}

  /** Sets or moves the deadline of a key; {@link Instant#MAX} cancels it. */
  public void set(K key, Instant deadline) {
    var entry = current.get(key);
    if (entry != null && entry.deadline.equals(deadline)) {
      return;
    }
    if (deadline.equals(Instant.MAX)) {
      current.remove(key);
    } else {
      var moved = new Entry<>(key, deadline, sequence++);
      current.put(key, moved);
      heap.add(moved);
    }
    dropLeftovers();
  }

  /** Forgets the deadline of a key, if it has one. */
  public void cancel(K key) {
    set(key, Instant.MAX);
  }

  /** The earliest deadline, {@link Instant#MAX} if there is none. */
  public Instant earliest() {
    while (!heap.isEmpty()) {
      var entry = heap.peek();
      var set = current.get(entry.key);
      if (set != null && set.sequence == entry.sequence) {
        return entry.deadline;
      }
      heap.poll();
    }
    return Instant.MAX;
  }

  /** Takes the key with the earliest deadline if that is not after {@code now}. */
  public Optional<K> poll(Instant now) {
    if (earliest().isAfter(now)) {
      return Optional.empty();
    }
    var entry = heap.poll();
    if (entry == null) {
      return Optional.empty();
    }
    current.remove(entry.key);
    return Optional.of(entry.key);
  }

  /** How many keys have a deadline. */
  public int size() {
    return current.size();
  }

  /** How many entries the heap holds, leftovers included. */
  int heapSize() {
    return heap.size();
  }

  private void dropLeftovers() {
    if (heap.size() > LEFTOVERS_MIN && heap.size() > 2 * current.size()) {
      heap = new PriorityQueue<>(current.values());
    }
  }

  private record Entry<K>(K key, Instant deadline, long sequence) implements Comparable<Entry<K>> {
    @Override
    public int compareTo(Entry<K> other) {
      var byDeadline = deadline.compareTo(other.deadline);
      return byDeadline != 0 ? byDeadline : Long.compare(sequence, other.sequence);
    }
  }
}
