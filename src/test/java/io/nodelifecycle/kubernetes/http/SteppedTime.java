package io.nodelifecycle.kubernetes.http;

import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** Time that passes only when it is told to, or when someone would have slept. */
public final class SteppedTime implements TimeSource {
  /** The wall clock, which stands still. */
  public static final Instant WALL = Instant.parse("2024-05-06T07:08:09.123456789Z");

  private Instant now = Instant.parse("1999-01-02T03:04:05.678Z");

  /** At some odd moment. */
  public SteppedTime() {}

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public Instant wallClock() {
    return WALL;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    pass(duration);
  }

  /** Lets time pass. */
  public synchronized void pass(Duration duration) {
    now = now.plus(duration);
  }
}
