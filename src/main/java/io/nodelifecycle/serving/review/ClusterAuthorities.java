package io.nodelifecycle.serving.review;

/** Knows which authorities the cluster believes about client certificates. */
@FunctionalInterface
public interface ClusterAuthorities {
  /**
   * Their certificates as PEM; empty if the cluster names none.
   *
   * @throws ReviewException if there is no answer
   */
  String pem() throws ReviewException, InterruptedException;
}
