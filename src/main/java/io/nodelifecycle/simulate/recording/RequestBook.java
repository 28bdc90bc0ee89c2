package io.nodelifecycle.simulate.recording;

import io.nodelifecycle.simulate.record.SimulationRecord.Peak;
import java.time.Duration;

/** The controller's requests: which second was the busiest, and what is not told by zone. */
final class RequestBook {
  private long second = -1;
  private int inSecond;
  private Peak peak = new Peak(0, Duration.ZERO);
  private int shared;
  private int failed;

  /** A request is sent. */
  void sent(Duration at) {
    if (at.toSeconds() != second) {
      second = at.toSeconds();
      inSecond = 0;
    }
    inSecond++;
    if (inSecond > peak.requests()) {
      peak = new Peak(inSecond, Duration.ofSeconds(second));
    }
  }

  /** The request concerns no zone. */
  void shared() {
    shared++;
  }

  /** A request failed. */
  void failed() {
    failed++;
  }

  Peak peak() {
    return peak;
  }

  /** How many requests concerned no zone since the last time this was asked. */
  int takeShared() {
    var taken = shared;
    shared = 0;
    return taken;
  }

  /** How many requests failed since the last time this was asked. */
  int takeFailed() {
    var taken = failed;
    failed = 0;
    return taken;
  }
}
