package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Priority;
import io.nodelifecycle.core.Observation;
import java.time.Duration;
import java.time.Instant;

/**
 * Told what the control loop does, to count it. Every method must return at once and never throw;
 * {@link #added} is called on any thread, the others on the loop's.
 */
public interface LoopObserver {
  /** Counts nothing. */
  LoopObserver NONE = new LoopObserver() {};

  /**
   * Something was put into a queue.
   *
   * @param isRetry it failed before
   */
  default void added(WorkQueue queue, boolean isRetry) {}

  /** Something left a queue after it had waited for so long. */
  default void taken(WorkQueue queue, Duration waited) {}

  /** What was taken out of a queue is done, and took so long. */
  default void worked(WorkQueue queue, Duration duration) {}

  /** A request of this priority was sent. */
  default void sent(Priority priority) {}

  /** A step begins. */
  default void stepBegan(Instant now) {}

  /** The deciding part is about to take note of this. */
  default void observed(Observation observation, Instant now) {}

  /** The deciding part is about to judge. */
  default void deciding(Instant now) {}

  /** The deciding part has returned this action: all of them in their order, right away. */
  default void decided(Action action, Instant now) {}

  /**
   * What has changed or was due was judged.
   *
   * @param duration how long that took
   * @param nodes how many nodes were judged
   */
  default void judged(Duration duration, long nodes) {}

  /** The step has ended. */
  default void stepEnded() {}

  /** How the loop is doing, about once a second. */
  default void publish(LoopStatus status) {}
}
