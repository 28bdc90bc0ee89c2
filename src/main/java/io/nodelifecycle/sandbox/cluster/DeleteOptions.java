package io.nodelifecycle.sandbox.cluster;

import org.jspecify.annotations.Nullable;

/**
 * How something is to be deleted.
 *
 * @param gracePeriodSeconds the time a pod has to end; null for the pod's own
 * @param uid the uid that the object must have; empty if any will do
 * @param resourceVersion the version that the object must have; empty if any will do
 */
public record DeleteOptions(@Nullable Long gracePeriodSeconds, String uid, String resourceVersion) {
  /** Gracefully, whatever is there. */
  public static final DeleteOptions GRACEFUL = new DeleteOptions(null, "", "");

  /** At once, as a kubelet does when a pod has ended. */
  public static final DeleteOptions NOW = new DeleteOptions(0L, "", "");

  /** These options with another grace period. */
  public DeleteOptions withGracePeriodSeconds(long seconds) {
    return new DeleteOptions(seconds, uid, resourceVersion);
  }

  /** These options for the object of this uid only. */
  public DeleteOptions withUid(String wanted) {
    return new DeleteOptions(gracePeriodSeconds, wanted, resourceVersion);
  }
}
