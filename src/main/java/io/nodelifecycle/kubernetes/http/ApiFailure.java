package io.nodelifecycle.kubernetes.http;

import java.time.Duration;

/** A request that was not answered, or answered with an error: in words for people. */
public final class ApiFailure extends Exception {
  /** The code that stands for no answer at all. */
  public static final int NO_ANSWER = 0;

  private static final long serialVersionUID = 1;

  private final int code;
  private final Duration retryAfter;

  /**
   * A failure.
   *
   * @param code the HTTP code, {@link #NO_ANSWER} if there was no answer
   * @param message a sentence for people
   * @param retryAfter what the API server asked for, zero if it did not
   */
  public ApiFailure(int code, String message, Duration retryAfter) {
    super(message, null, false, false);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** A failure without an answer. */
  public static ApiFailure unanswered(String message) {
    return new ApiFailure(NO_ANSWER, message, Duration.ZERO);
  }

  /** The sentence. */
  public String reason() {
    var message = getMessage();
    return message != null ? message : "";
  }

  /** The HTTP code, {@link #NO_ANSWER} if there was no answer. */
  public int code() {
    return code;
  }

  /** What the API server asked for, zero if it did not. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** Whether credentials are missing, refused, or do not suffice. */
  public boolean isDenied() {
    return code == 401 || code == 403;
  }

  /**
   * The sentence; where access was denied, with what the ServiceAccount has to be allowed.
   *
   * @param permission as RBAC rules name it, for instance {@code verb get on resource nodes}
   */
  public String reason(String permission) {
    return code == 403
        ? reason() + " (if RBAC denies it: the ServiceAccount needs " + permission + ")"
        : reason();
  }

  /** Whether a resourceVersion or continue token is too old. */
  public boolean isExpired() {
    return code == 410;
  }
}
