package io.nodelifecycle.runtime;

/**
 * The budget that all writes and live reads share.
 *
 * @param requestsPerSecond {@code --kube-api-qps}, more than zero
 * @param burst {@code --kube-api-burst}, at least one
 */
public record BudgetPolicy(double requestsPerSecond, int burst) {
  /** How many requests may be under way at the same time: a stalled API server holds no more. */
  static final int UNDER_WAY_MAX = 128;

  /** How many events may wait; beyond that the oldest are dropped. */
  static final int EVENTS_WAITING_MAX = 1024;
}
