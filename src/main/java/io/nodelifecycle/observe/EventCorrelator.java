package io.nodelifecycle.observe;

import io.nodelifecycle.core.Action.EventSubject;
import io.nodelifecycle.core.Action.SendEvent;
import io.nodelifecycle.runtime.EventFilter;
import io.nodelifecycle.runtime.EventPost;
import java.time.Instant;
import java.util.Optional;

/** Writes every event as a new one. */
public final class EventCorrelator implements EventFilter {
  private long count;

  /** Without any event. */
  public EventCorrelator() {}

  @Override
  public Optional<EventPost> accept(SendEvent event, Instant wallClock, Instant now) {
    var name =
        switch (event.about()) {
          case EventSubject.OfNode(var node) -> node.name();
          case EventSubject.OfPod(var pod) -> pod.name();
        };
    var suffix = Long.toHexString(wallClock.toEpochMilli() * 1_000_000 + count++);
    return Optional.of(new EventPost(event, name + "." + suffix, 1, wallClock, wallClock, false));
  }
}
