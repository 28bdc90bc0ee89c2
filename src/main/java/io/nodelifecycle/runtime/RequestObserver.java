package io.nodelifecycle.runtime;

import java.time.Duration;

/** Told of every request to the API server, to count it. Called on any thread; never throws. */
@FunctionalInterface
public interface RequestObserver {
  /** Counts nothing. */
  RequestObserver NONE = (_, _, _, _) -> {};

  /** Stands for the code of a request that was not answered. */
  int UNANSWERED = 0;

  /**
   * A request was answered, or was given up.
   *
   * @param code the HTTP status code, or {@link #UNANSWERED}
   * @param method the HTTP method
   * @param host the server's host and port
   * @param duration until the head of the answer
   */
  void answered(int code, String method, String host, Duration duration);
}
