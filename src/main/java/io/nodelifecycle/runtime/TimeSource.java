package io.nodelifecycle.runtime;

import java.time.Duration;
import java.time.Instant;

/** The two clocks of a process: one that only goes forward and one that others agree on. */
public interface TimeSource {
  /**
   * A point on a monotonic time line with an arbitrary epoch. Durations and deadlines are measured
   * on it; a jump of the wall clock does not move it.
   */
  Instant now();

  /** What this machine believes the time of day to be: for API objects and people. */
  Instant wallClock();

  /**
   * Waits.
   *
   * @param duration how long; nothing is waited for zero or less
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  void sleep(Duration duration) throws InterruptedException;
}
