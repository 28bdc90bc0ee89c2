package io.nodelifecycle.serving.review;

/** Knows who may use which path. */
@FunctionalInterface
public interface AccessReviews {
  /**
   * Whether the caller may.
   *
   * @param verb the HTTP method in lower case
   * @param path as it was asked for, decoded
   * @throws ReviewException if there is no answer
   */
  AccessVerdict review(Caller caller, String verb, String path)
      throws ReviewException, InterruptedException;
}
