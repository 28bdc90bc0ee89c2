package io.nodelifecycle.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting in integration tests, always for a bounded time. */
public final class Pause {
  private static final Duration POLL = Duration.ofMillis(50);

  private Pause() {}

  /** Waits that long. */
  public static void of(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }

  /** Waits until the condition holds; false when the time was over first. */
  public static boolean until(Duration timeout, BooleanSupplier condition) {
    var deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      of(POLL);
    }
    return true;
  }
}
