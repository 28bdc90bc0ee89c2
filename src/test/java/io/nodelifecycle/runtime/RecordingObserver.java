package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it is told. */
final class RecordingObserver implements LoopObserver {
  final List<String> notes = new ArrayList<>();
  final List<LoopStatus> published = new ArrayList<>();

  @Override
  public void added(WorkQueue queue, boolean isRetry) {
    notes.add((isRetry ? "retry " : "add ") + queue);
  }

  @Override
  public void taken(WorkQueue queue, Duration waited) {
    notes.add("take " + queue + " " + waited.toMillis());
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
