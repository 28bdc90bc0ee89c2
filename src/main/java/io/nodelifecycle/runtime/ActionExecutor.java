package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action.Priority;
import io.nodelifecycle.core.Action.SendEvent;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.schedule.TokenBucket;
import io.nodelifecycle.runtime.RequestsUnderWay.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Sends what was decided, in the order of its priority and within the budget of API requests. It
 * decides nothing: right before a write goes out it asks whether that is still wanted.
 *
 * <p>Owned by the control loop's thread; only the requests themselves run on other threads.
 */
final class ActionExecutor {
  private static final int EVENT_TRIES = 3;

  private final ApiWriter writer;
  private final EventFilter events;
  private final Executor requests;
  private final Runnable wake;
  private final PriorityLanes<Request> lanes;
  private final ConcurrentLinkedQueue<Runnable> answers = new ConcurrentLinkedQueue<>();
  private final TokenBucket budget;
  private final RequestsUnderWay underWay;

  /**
   * An executor.
   *
   * @param writer sends single requests
   * @param events aggregates events and limits them
   * @param requests runs the requests, each of which blocks
   * @param wake called on a request's thread after it was answered
   * @param budget the budget, full
   * @param time the clocks
   * @param observer counts what waits and what is sent
   */
  ActionExecutor(
      ApiWriter writer,
      EventFilter events,
      Executor requests,
      Runnable wake,
      TokenBucket budget,
      TimeSource time,
      LoopObserver observer) {
    this.writer = writer;
    this.events = events;
    this.requests = requests;
    this.wake = wake;
    this.budget = budget;
    this.lanes = new PriorityLanes<>(time, observer);
    this.underWay = new RequestsUnderWay(time, observer);
  }

  /** Lets a write wait for its turn. */
  void add(Write write) {
    lanes.add(new Request.OfWrite(write), write.priority(), write.attempt() > 0);
  }

  /** Lets an event wait for its turn, unless it is dropped. */
  void add(SendEvent event, Instant wallClock, Instant now) {
    events.accept(event, wallClock, now).ifPresent(post -> add(new Request.OfEvent(post, 1)));
  }

  private void add(Request.OfEvent event) {
    if (lanes.waiting(Priority.EVENTS) >= BudgetPolicy.EVENTS_WAITING_MAX) {
      lanes.dropOldest(Priority.EVENTS);
    }
    lanes.add(event, Priority.EVENTS, event.attempt > 1);
  }

  /**
   * Sends as much as the budget allows.
   *
   * @param confirm says in which form a write is wanted now, if it still is
   * @param answer takes the answer, on the control loop's thread, in a later call of {@link
   *     #settle}
   */
  void dispatch(
      BiFunction<Write, Instant, Optional<Write>> confirm,
      BiConsumer<Write, Outcome> answer,
      Instant now) {
    while (underWay.count() < BudgetPolicy.UNDER_WAY_MAX
        && !lanes.isEmpty()
        && budget.hasToken(now)) {
      switch (lanes.poll().orElseThrow()) {
        case Request.OfWrite(var write) ->
            confirm.apply(write, now).ifPresent(wanted -> send(wanted, answer, now));
        case Request.OfEvent event -> send(event, now);
      }
    }
  }

  /** Takes the answers that have arrived; each is passed on to who sent the write. */
  void settle() {
    for (var next = answers.poll(); next != null; next = answers.poll()) {
      next.run();
    }
  }

  private void send(Write write, BiConsumer<Write, Outcome> answer, Instant now) {
    var sent = start(write.priority(), now);
    requests.execute(() -> {
      var outcome = outcomeOf(() -> writer.write(write));
      ended(sent, () -> answer.accept(write, outcome));
    });
  }

  private void send(Request.OfEvent event, Instant now) {
    var sent = start(Priority.EVENTS, now);
    requests.execute(() -> {
      var outcome = outcomeOf(() -> writer.post(event.post));
      ended(
          sent,
          () -> {
            if (outcome instanceof Outcome.Failed && event.attempt < EVENT_TRIES) {
              add(new Request.OfEvent(event.post, event.attempt + 1));
            }
          });
    });
  }

  /** A request that breaks is a failed one: it must not look as if it were under way for ever. */
  private static Outcome outcomeOf(Supplier<Outcome> request) {
    try {
      return request.get();
    } catch (RuntimeException broken) {
      return new Outcome.Failed(broken.toString(), Duration.ZERO);
    }
  }

  private Sent start(Priority priority, Instant now) {
    if (!budget.tryTake(now)) {
      throw new IllegalStateException("no token for " + priority + " at " + now);
    }
    lanes.granted(priority);
    return underWay.begin(priority);
  }

  private void ended(Sent sent, Runnable answer) {
    answers.add(() -> {
      underWay.end(sent);
      answer.run();
    });
    wake.run();
  }

  /**
   * When {@link #dispatch} can send something again; {@link Instant#MAX} if only an answer helps.
   */
  Instant nextDispatch(Instant now) {
    if (!answers.isEmpty()) {
      return now;
    }
    return lanes.isEmpty() || underWay.count() >= BudgetPolicy.UNDER_WAY_MAX
        ? Instant.MAX
        : budget.nextToken(now);
  }

  /** How many requests are under way; their answers may wait to be taken. */
  int underWay() {
    return underWay.count();
  }

  /** How the requests of a priority are doing. */
  QueueStatus status(Priority priority) {
    return underWay.status(priority, lanes.waiting(priority));
  }

  private sealed interface Request {
    record OfWrite(Write write) implements Request {}

    record OfEvent(EventPost post, int attempt) implements Request {}
  }
}
