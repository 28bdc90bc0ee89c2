package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.Outcome;
import java.util.function.Consumer;

/** Lets single requests be on their way, without waiting for their answers. Never retries. */
public interface RequestSender {
  /**
   * Sends a write or a live read.
   *
   * @param answer told once, on any thread, how it ended; every failure is an answer
   */
  void send(Request request, Consumer<Observation> answer);

  /**
   * Creates an event, or raises the count of one that was created before.
   *
   * @param answer told once, on any thread, how it ended
   */
  void post(EventPost event, Consumer<Outcome> answer);
}
