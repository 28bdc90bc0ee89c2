package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Observation.Outcome;

/** Sends single writes to the API server. Never retries: who calls it decides about that. */
public interface ApiWriter {
  /**
   * Sends one write and waits for its answer, for a bounded time.
   *
   * @return how it ended; every failure, also one of the network, is an outcome
   */
  Outcome write(Action.Write write);

  /**
   * Creates an event, or raises the count of one that was created before.
   *
   * @return how it ended; a success carries no object
   */
  Outcome post(EventPost event);
}
