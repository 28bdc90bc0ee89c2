package io.nodelifecycle.benchmark;

import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** Clocks that stand still until time passes. */
final class SteppedTime implements TimeSource {
  private Instant now;

  SteppedTime(Instant now) {
    this.now = now;
  }

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Instant wallClock() {
    return now;
  }

  @Override
  public void sleep(Duration duration) {
    pass(duration);
  }
}
