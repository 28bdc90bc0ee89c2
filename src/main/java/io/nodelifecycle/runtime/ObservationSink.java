package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Observation;

/** Where observations go: the control loop's bounded queue. */
public interface ObservationSink {
  /**
   * Hands an observation over; observations of one thread keep their order.
   *
   * @throws InterruptedException if interrupted while waiting for room: the queue is full, and who
   *     reads a watch must then read slower rather than buffer
   */
  void put(Observation observation) throws InterruptedException;
}
