package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The requests that were sent and not answered yet, the oldest first. */
final class RequestsUnderWay {
  private final TimeSource time;
  private final LoopObserver observer;
  private final Set<Sent> sent = new LinkedHashSet<>();
  private final Map<Priority, Integer> counts = new EnumMap<>(Priority.class);
  private long sequence;

  RequestsUnderWay(TimeSource time, LoopObserver observer) {
    this.time = time;
    this.observer = observer;
  }

  /** One request; every one differs from all others. */
  record Sent(Priority priority, Instant at, long number) {}

  /** A request is sent now. */
  Sent begin(Priority priority) {
    var begun = new Sent(priority, time.now(), sequence++);
    sent.add(begun);
    counts.merge(priority, 1, Integer::sum);
    observer.sent(priority);
    return begun;
  }

  /** It was answered. */
  void end(Sent request) {
    if (sent.remove(request)) {
      counts.merge(request.priority, -1, Integer::sum);
    }
    observer.worked(WorkQueue.of(request.priority), Duration.between(request.at, time.now()));
  }

  /** How many there are. */
  int count() {
    return sent.size();
  }

  /**
   * Whether one more request of this priority may be sent: those that are slow to be answered leave
   * slots to all that are more urgent. A priority without a slot leaves none to less urgent ones.
   */
  boolean hasSlot(Priority priority) {
    var together = count();
    for (var each : Priority.values()) {
      if (together >= BudgetPolicy.slots(each)) {
        return false;
      }
      if (each == priority) {
        return true;
      }
      together -= counts.getOrDefault(each, 0);
    }
    throw new IllegalStateException("no slots for " + priority);
  }

  /** Those of one priority, of which so many others wait. */
  QueueStatus status(Priority priority, int waiting) {
    var now = time.now();
    var count = 0;
    var unfinished = Duration.ZERO;
    var longest = Duration.ZERO;
    for (var each : sent) {
      if (each.priority == priority) {
        var age = Duration.between(each.at, now);
        count++;
        unfinished = unfinished.plus(age);
        longest = age.compareTo(longest) > 0 ? age : longest;
      }
    }
    return new QueueStatus(waiting, count, unfinished, longest);
  }
}
