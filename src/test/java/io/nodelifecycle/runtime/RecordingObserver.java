package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action.Priority;
import io.nodelifecycle.core.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes down what it is told. */
final class RecordingObserver implements LoopObserver {
  final List<String> notes = new ArrayList<>();
  final List<LoopStatus> published = new ArrayList<>();
  final Map<String, Instant> heartbeats = new HashMap<>();

  @Override
  public void added(WorkQueue queue, boolean isRetry) {
    notes.add((isRetry ? "retry " : "add ") + queue);
  }

  @Override
  public void taken(WorkQueue queue, Duration waited) {
    notes.add("take " + queue + " " + waited.toMillis());
  }

  @Override
  public void observed(Observation observation, Instant now) {
    if (observation instanceof Observation.LeaseSeen(var node, _)) {
      heartbeats.put(node, now);
    }
  }

  @Override
  public void worked(WorkQueue queue, Duration duration) {
    notes.add("work " + queue + " " + duration.toMillis());
  }

  @Override
  public void sent(Priority priority) {
    notes.add("send " + priority);
  }

  @Override
  public void judged(Duration duration, long nodes) {
    notes.add("judge " + nodes);
  }

  @Override
  public void publish(LoopStatus status) {
    published.add(status);
  }
}
