package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action.Priority;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The order in which waiting requests go out: the most urgent priority first, within it first tries
 * before retries, each in the order of arrival, but those of a group in a row. A priority that
 * waits gets at least one of twenty requests, as soon as it may.
 *
 * @param <T> the requests
 */
final class PriorityLanes<T> {
  /** A priority that was passed over this often is served next: 5 % of the budget. */
  private static final int PASSED_OVER_MAX = 19;

  private final Map<Priority, Lane<T>> lanes = new EnumMap<>(Priority.class);
  private final Predicate<Priority> isOpen;
  private final TimeSource time;
  private final LoopObserver observer;

  /**
   * Nothing waits yet.
   *
   * @param isOpen whether a request of this priority may go out now
   * @param time the clocks
   * @param observer told what waits and for how long
   */
  PriorityLanes(Predicate<Priority> isOpen, TimeSource time, LoopObserver observer) {
    this.isOpen = isOpen;
    this.time = time;
    this.observer = observer;
    for (var priority : Priority.values()) {
      lanes.put(priority, new Lane<>());
    }
  }

  /** Adds a request at the end of its lane. */
  void add(T request, Priority priority, boolean isRetry) {
    add(request, priority, "", isRetry);
  }

  /** Adds a request at the end of its group in its lane; the empty name is a group as well. */
  void add(T request, Priority priority, String group, boolean isRetry) {
    var lane = lane(priority);
    (isRetry ? lane.retries : lane.firstTries).add(new Timed<>(request, time.now()), group);
    observer.added(WorkQueue.of(priority), isRetry);
  }

  /** Adds requests, the first foremost, before all others of their lane. */
  void addFirst(List<T> requests, Priority priority, String group) {
    var now = time.now();
    var timed = requests.stream().map(request -> new Timed<>(request, now)).toList();
    lane(priority).firstTries.addFirst(timed, group);
    requests.forEach(_ -> observer.added(WorkQueue.of(priority), false));
  }

  /** Takes the request whose turn it is. */
  Optional<T> poll() {
    return next().map(this::take);
  }

  private T take(Priority priority) {
    var taken = lane(priority).poll();
    observer.taken(WorkQueue.of(priority), Duration.between(taken.since(), time.now()));
    return taken.value();
  }

  /** The priority whose turn it is, if anything waits that may go out. */
  Optional<Priority> next() {
    Priority next = null;
    var passedOver = PASSED_OVER_MAX - 1;
    for (var priority : Priority.values()) {
      var lane = lane(priority);
      if (lane.isEmpty() || !isOpen.test(priority)) {
        continue;
      }
      if (next == null || lane.passedOver > passedOver) {
        next = priority;
        passedOver = Math.max(passedOver, lane.passedOver);
      }
    }
    return Optional.ofNullable(next);
  }

  /** A request of this priority really went out: the others that wait were passed over. */
  void granted(Priority granted) {
    lanes.forEach((priority, lane) ->
        lane.passedOver = priority == granted || lane.isEmpty() ? 0 : lane.passedOver + 1);
  }

  /** Forgets what is not wanted. */
  void retain(Predicate<T> isWanted) {
    for (var lane : lanes.values()) {
      lane.firstTries.retain(timed -> isWanted.test(timed.value()));
      lane.retries.retain(timed -> isWanted.test(timed.value()));
    }
  }

  /** How many requests wait in all. */
  int waiting() {
    return lanes.values().stream().mapToInt(Lane::size).sum();
  }

  /** How many requests of this priority wait. */
  int waiting(Priority priority) {
    return lane(priority).size();
  }

  /** Drops the first try of this priority that waits longest, or a retry if there is none. */
  void dropOldest(Priority priority) {
    var _ = take(priority);
  }

  private Lane<T> lane(Priority priority) {
    var lane = lanes.get(priority);
    if (lane == null) {
      throw new IllegalStateException("no lane for " + priority);
    }
    return lane;
  }

  private static final class Lane<T> {
    final GroupedQueue<Timed<T>> firstTries = new GroupedQueue<>();
    final GroupedQueue<Timed<T>> retries = new GroupedQueue<>();
    int passedOver;

    boolean isEmpty() {
      return firstTries.isEmpty() && retries.isEmpty();
    }

    int size() {
      return firstTries.size() + retries.size();
    }

    Timed<T> poll() {
      return firstTries.isEmpty() ? retries.remove() : firstTries.remove();
    }
  }
}
