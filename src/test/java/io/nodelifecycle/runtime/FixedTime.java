package io.nodelifecycle.runtime;

import java.time.Duration;
import java.time.Instant;

/** Clocks that stand still until a test moves the monotonic one. */
final class FixedTime implements TimeSource {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant WALL = Instant.parse("2041-07-07T07:00:00Z");

  private volatile Instant now = START;

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Instant wallClock() {
    return WALL;
  }

  @Override
  public void sleep(Duration duration) {
    throw new AssertionError("nothing sleeps here");
  }
}
