package io.nodelifecycle.sandbox.http;

import java.time.Duration;

/** What goes wrong with a request. */
public sealed interface Fault {
  /** Nothing. */
  Fault NONE = new Delay(Duration.ZERO);

  /**
   * It is carried out only after a while.
   *
   * @param duration how long
   */
  record Delay(Duration duration) implements Fault {}

  /**
   * It is not carried out.
   *
   * @param status the HTTP status of the answer
   * @param reason the reason in the answer, for example {@code TooManyRequests}
   * @param retryAfterSeconds the Retry-After header; 0 for none
   */
  record Refuse(int status, String reason, int retryAfterSeconds) implements Fault {}

  /**
   * The connection is closed without an answer.
   *
   * @param isCarriedOut whether the request takes effect nevertheless
   */
  record Drop(boolean isCarriedOut) implements Fault {}
}
