package io.nodelifecycle.simulate.engine;

import java.time.Instant;
import java.util.PriorityQueue;

/** What is to happen and when; at the same instant, in the order in which it was entered. */
final class Agenda {
  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long sequence;

  /** Enters something that is to happen. */
  void at(Instant instant, Runnable happening) {
    entries.add(new Entry(instant, sequence++, happening));
  }

  /** When the next thing happens, {@link Instant#MAX} if nothing will. */
  Instant next() {
    var first = entries.peek();
    return first == null ? Instant.MAX : first.at;
  }

  /** Lets the next thing happen if it is due. */
  boolean runNext(Instant now) {
    if (next().isAfter(now)) {
      return false;
    }
    entries.remove().happening.run();
    return true;
  }

  private record Entry(Instant at, long sequence, Runnable happening) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      var byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }
}
