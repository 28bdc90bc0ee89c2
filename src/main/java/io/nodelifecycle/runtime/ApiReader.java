package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Observation.ReadOutcome;

/** Sends single live reads to the API server. Never retries: who calls it decides about that. */
@FunctionalInterface
public interface ApiReader {
  /**
   * Sends one read, which is answered with the latest state and not from a cache, and waits for its
   * answer, for a bounded time.
   *
   * @return how it ended; every failure, also one of the network, is an outcome
   */
  ReadOutcome read(Action.Read read);
}
