package io.nodelifecycle.kubernetes.election;

import java.time.Duration;

/**
 * The election's lease, as the API server has it or as it is to become. Times are kept as they were
 * written: nobody's clock but one's own can be relied upon.
 *
 * @param holder who leads, empty if nobody does
 * @param duration how long the holder wants to be left alone; zero if it does not say
 * @param acquireTime when it began to lead, empty if that is not said
 * @param renewTime when it last renewed, empty if that is not said
 * @param transitions how often the holder has changed
 * @param resourceVersion the version that this is, empty if the lease does not exist
 */
record ElectionLease(
    String holder,
    Duration duration,
    String acquireTime,
    String renewTime,
    long transitions,
    String resourceVersion) {
  /** What is left to others by who gives it back; client-go writes the same. */
  static final Duration GIVEN_BACK = Duration.ofSeconds(1);

  /** No lease at all. */
  static final ElectionLease ABSENT = new ElectionLease("", Duration.ZERO, "", "", 0, "");

  /** Whether there is such a lease. */
  boolean exists() {
    return !resourceVersion.isEmpty();
  }

  /** Whether somebody leads. */
  boolean isHeld() {
    return !holder.isEmpty();
  }

  /** Whether its holder gave it back, rather than somebody else having taken the name out. */
  boolean isGivenBack() {
    return exists() && !isHeld() && duration.equals(GIVEN_BACK);
  }
}
