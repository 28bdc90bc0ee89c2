package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action.Priority;
import java.time.Duration;

/**
 * The budget that all writes and live reads share.
 *
 * @param requestsPerSecond {@code --kube-api-qps}, more than zero
 * @param burst {@code --kube-api-burst}, at least one
 */
public record BudgetPolicy(double requestsPerSecond, int burst) {
  /** How many requests may be under way at the same time: a stalled API server holds no more. */
  static final int UNDER_WAY_MAX = 128;

  /**
   * How many of these each priority leaves to the next more urgent one: what the default budget
   * lets out in a second. Until answers take longer, only the budget makes that one wait.
   */
  private static final int RESERVED = 20;

  /**
   * How many of those that quick answers leave for use each priority leaves to the next more urgent
   * one.
   */
  private static final int STEP = 2;

  /** How many events may wait; beyond that the oldest are dropped. */
  static final int EVENTS_WAITING_MAX = 1024;

  /**
   * How many requests of this priority and of all less urgent ones, taken together, may be under
   * way at the same time.
   *
   * <p>No more than it takes to use up the rate when answers take that long, and a few: each needs
   * a connection, whose handshake costs both sides more than the request does, and what an API
   * server has accepted it serves before what comes later, however urgent that is.
   *
   * @param answer how long an answer takes
   */
  static int slots(Priority priority, double requestsPerSecond, Duration answer) {
    var ranks = Priority.values().length - priority.ordinal();
    var seconds = answer.toNanos() / 1e9;
    var needed = STEP * ranks + Math.ceil(requestsPerSecond * seconds);
    return (int) Math.min(UNDER_WAY_MAX - RESERVED * priority.ordinal(), needed);
  }
}
