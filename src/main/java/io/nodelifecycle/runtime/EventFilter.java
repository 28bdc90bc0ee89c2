package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action.SendEvent;
import java.time.Instant;
import java.util.Optional;

/** Counts repeated events together and drops floods before they hurt. */
@FunctionalInterface
public interface EventFilter {
  /**
   * What to write for an event.
   *
   * @param event what happened
   * @param wallClock the wall clock, for the event's timestamps
   * @param now the present
   * @return the object to create or to count up; empty if it is dropped
   */
  Optional<EventPost> accept(SendEvent event, Instant wallClock, Instant now);
}
