package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Observation;
import java.time.Instant;

/** Where observations go: the control loop's bounded queue. */
public interface ObservationSink {
  /**
   * Hands an observation over; observations of one thread keep their order.
   *
   * @throws InterruptedException if interrupted while waiting for room: the queue is full, and who
   *     reads a watch must then read slower rather than buffer
   */
  void put(Observation observation) throws InterruptedException;

  /**
   * Hands an observation over that arrived a moment ago and was left to gather with others.
   *
   * @param arrival when it did, on the monotonic time line
   * @throws InterruptedException as {@link #put(Observation)}
   */
  default void put(Observation observation, Instant arrival) throws InterruptedException {
    put(observation);
  }
}
