package io.nodelifecycle.core.zone;

import io.nodelifecycle.core.model.Zone;
import io.nodelifecycle.core.schedule.TokenBucket;
import java.time.Instant;
import java.util.TreeMap;

/** One zone: its counters, its state, its limiter and its queue, the oldest entry first. */
final class ZoneCell<K> {
  final TreeMap<Long, K> queue = new TreeMap<>();
  ZoneState state = ZoneState.INITIAL;
  TokenBucket limiter;
  int nodes;
  int ready;
  int notReady;

  ZoneCell(double rate, Instant now) {
    limiter = TokenBucket.full(rate, 1, now);
  }

  void count(Placement placement, int by) {
    nodes += by;
    if (placement.isCounted()) {
      if (placement.isReady()) {
        ready += by;
      } else {
        notReady += by;
      }
    }
  }

  int size() {
    return ready + notReady;
  }

  ZoneStatus status(Zone zone, Instant oldestQueuedAt) {
    return new ZoneStatus(
        zone, state, size(), notReady, limiter.ratePerSecond(), queue.size(), oldestQueuedAt);
  }

  /** Changes the rate; a limiter that had no token is followed by one that has none. */
  void setRate(double rate, Instant now) {
    if (limiter.ratePerSecond() != rate) {
      limiter =
          limiter.hasToken(now) ? TokenBucket.full(rate, 1, now) : TokenBucket.empty(rate, 1, now);
    }
  }
}
