package io.nodelifecycle.simulate.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/** Which version the cluster had when, for the last minute. */
final class History {
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final TreeMap<Instant, Long> revisions = new TreeMap<>();

  void add(Instant now, long revision) {
    revisions.put(now, revision);
    revisions.headMap(now.minus(KEPT)).clear();
  }

  /** The version at an instant, or the oldest that is known; empty if none is. */
  String revision(Instant at) {
    var entry = revisions.floorEntry(at);
    entry = entry == null ? revisions.firstEntry() : entry;
    return entry == null ? "" : Long.toString(entry.getValue());
  }
}
