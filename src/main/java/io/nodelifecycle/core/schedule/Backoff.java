package io.nodelifecycle.core.schedule;

import java.time.Duration;

/**
 * How long to wait before a failed write is tried again: a second, doubled each time up to five
 * minutes, or longer if the API server asks for it.
 */
public final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LAST = Duration.ofMinutes(5);
  private static final int DOUBLINGS_MAX = 9;

  private Backoff() {}

  /**
   * The wait before the next try.
   *
   * @param attempt how often it failed, from one
   * @param retryAfter what the API server asked for, zero if it did not; obeyed up to five minutes
   */
  public static Duration after(int attempt, Duration retryAfter) {
    var doubled = FIRST.multipliedBy(1L << Math.min(Math.max(attempt, 1) - 1, DOUBLINGS_MAX));
    var wait = doubled.compareTo(retryAfter) < 0 ? retryAfter : doubled;
    return wait.compareTo(LAST) < 0 ? wait : LAST;
  }
}
