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
  private static final int QUICKER = 4;
  private static final int SLOWER = 32;
  private static final Duration SLOWER_MIN = Duration.ofNanos(1000);

  private final TimeSource time;
  private final LoopObserver observer;
  private final Set<Sent> sent = new LinkedHashSet<>();
  private final Map<Priority, Integer> counts = new EnumMap<>(Priority.class);
  private final double requestsPerSecond;
  private long sequence;

  /** How long an answer takes if nothing holds it up; zero before the first. */
  private Duration answer = Duration.ZERO;

  RequestsUnderWay(double requestsPerSecond, TimeSource time, LoopObserver observer) {
    this.requestsPerSecond = requestsPerSecond;
    this.time = time;
    this.observer = observer;
  }

  /** One request; every one differs from all others. */
  record Sent(Priority priority, boolean isRead, Instant at, long number) {}

  /** A request that changes something is sent now. */
  Sent begin(Priority priority) {
    return begin(priority, false);
  }

  /** A request is sent now. */
  Sent begin(Priority priority, boolean isRead) {
    var begun = new Sent(priority, isRead, time.now(), sequence++);
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
    var took = Duration.between(request.at, time.now());
    answer = smoothed(took, answer);
    observer.worked(WorkQueue.of(request.priority), took);
  }

  /**
   * A few answers show how quick the API server can be, only many that it has become slow: those
   * that wait for each other are no reason to send more of them at once.
   */
  private static Duration smoothed(Duration took, Duration before) {
    if (before.isZero()) {
      return took;
    }
    if (took.compareTo(before) < 0) {
      return before.minus(before.minus(took).dividedBy(QUICKER));
    }
    var slower = before.plus(before.dividedBy(SLOWER)).plus(SLOWER_MIN);
    return took.compareTo(slower) < 0 ? took : slower;
  }

  /** How many there are. */
  int count() {
    return sent.size();
  }

  /** Whether one of them changes something. */
  boolean hasWrite() {
    return sent.stream().anyMatch(each -> !each.isRead);
  }

  /**
   * Whether one more request of this priority may be sent: those that are slow to be answered leave
   * slots to all that are more urgent. A priority without a slot leaves none to less urgent ones.
   */
  boolean hasSlot(Priority priority) {
    var together = count();
    for (var each : Priority.values()) {
      if (together >= slots(each)) {
        return false;
      }
      if (each == priority) {
        return true;
      }
      together -= counts.getOrDefault(each, 0);
    }
    throw new IllegalStateException("no slots for " + priority);
  }

  /**
   * How many of this priority and of less urgent ones may be under way, as quick as answers are.
   */
  int slots(Priority priority) {
    return BudgetPolicy.slots(priority, requestsPerSecond, answer);
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
