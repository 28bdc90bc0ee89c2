package io.nodelifecycle.serving.review;

import java.util.Optional;

/** Knows whom a bearer token belongs to. */
@FunctionalInterface
public interface TokenReviews {
  /**
   * Whom it belongs to; empty if it is good for nothing.
   *
   * @throws ReviewException if there is no answer
   */
  Optional<Caller> review(String token) throws ReviewException, InterruptedException;
}
