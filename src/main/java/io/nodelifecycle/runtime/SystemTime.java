package io.nodelifecycle.runtime;

import java.time.Duration;
import java.time.Instant;

/** The machine's clocks. */
public final class SystemTime implements TimeSource {
  private final Instant epoch = Instant.now();
  private final long epochNanos = System.nanoTime();

  /** The monotonic time line starts at the wall-clock time of this construction. */
  public SystemTime() {}

  @Override
  public Instant now() {
    return epoch.plusNanos(System.nanoTime() - epochNanos);
  }

  @Override
  public Instant wallClock() {
    return Instant.now();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (duration.isPositive()) {
      Thread.sleep(duration);
    }
  }
}
