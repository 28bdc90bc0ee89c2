package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action.Priority;
import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.ReadNode;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.Action.SendEvent;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Confirmation;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.schedule.TokenBucket;
import io.nodelifecycle.runtime.RequestsUnderWay.Sent;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Sends what was decided, in the order of its priority and within the budget of API requests. It
 * decides nothing: right before a request goes out it asks whether that is still wanted. A write
 * that needs a live read first is parked until that is answered.
 *
 * <p>Owned by the control loop's thread; only answers arrive on others.
 */
final class ActionExecutor {
  private static final int EVENT_TRIES = 3;

  /** Fewer than that are not worth looking through. */
  private static final int TIDY_MIN = 1024;

  private final RequestSender sender;
  private final Leadership leadership;
  private final EventFilter events;
  private final Runnable wake;
  private final PriorityLanes<Waiting> lanes;
  private final ParkedWrites parked = new ParkedWrites();
  private final ConcurrentLinkedQueue<Runnable> answers = new ConcurrentLinkedQueue<>();
  private final TokenBucket budget;
  private final RequestsUnderWay underWay;
  private int tidyAt = TIDY_MIN;

  /**
   * An executor.
   *
   * @param sender carries requests out
   * @param leadership nothing is sent without it
   * @param events aggregates events and limits them
   * @param wake called on any thread after a request was answered
   * @param budget the budget, full
   * @param time the clocks
   * @param observer counts what waits and what is sent
   */
  ActionExecutor(
      RequestSender sender,
      Leadership leadership,
      EventFilter events,
      Runnable wake,
      TokenBucket budget,
      TimeSource time,
      LoopObserver observer) {
    this.sender = sender;
    this.leadership = leadership;
    this.events = events;
    this.wake = wake;
    this.budget = budget;
    this.underWay = new RequestsUnderWay(budget.ratePerSecond(), time, observer);
    this.lanes = new PriorityLanes<>(underWay::hasSlot, time, observer);
  }

  /** Lets a write wait for its turn. */
  void add(Write write) {
    lanes.add(new Waiting.OfWrite(write), write.priority(), write.basis(), write.attempt() > 0);
  }

  /** Lets a read wait for its turn, which is the next of its priority: much depends on it. */
  void add(Read read) {
    lanes.addFirst(List.of(new Waiting.OfRead(read)), read.priority(), "");
  }

  /**
   * Lets an event wait for its turn, unless it is dropped: without leadership it is another
   * process's to send.
   */
  void add(SendEvent event, Instant wallClock, Instant now) {
    if (!leadership.isCertain(now)) {
      return;
    }
    events.accept(event, wallClock, now).ifPresent(post -> add(new Waiting.OfEvent(post, 1)));
  }

  private void add(Waiting.OfEvent event) {
    if (lanes.waiting(Priority.EVENTS) >= BudgetPolicy.EVENTS_WAITING_MAX) {
      lanes.dropOldest(Priority.EVENTS);
    }
    lanes.add(event, Priority.EVENTS, event.attempt > 1);
  }

  /**
   * Sends as much as the budget allows.
   *
   * @param confirm says what is to become of a request whose turn has come
   * @param observer takes the answers, on the control loop's thread, in a later call of {@link
   *     #settle}
   */
  void dispatch(
      BiFunction<Request, Instant, Confirmation> confirm,
      Consumer<Observation> observer,
      Instant now) {
    while (parked.hasAnswered() && leadership.isCertain(now)) {
      resume(parked.poll(), confirm, observer, now);
    }
    while (lanes.next().isPresent() && budget.hasToken(now) && leadership.isCertain(now)) {
      switch (lanes.poll().orElseThrow()) {
        case Waiting.OfWrite(var write) -> proceed(write, confirm.apply(write, now), observer, now);
        case Waiting.OfRead(var read) -> {
          if (confirm.apply(read, now) instanceof Confirmation.Send(var wanted)) {
            take(wanted.priority(), now);
            send(wanted, observer);
          }
        }
        case Waiting.OfEvent event -> send(event, now);
      }
    }
  }

  /**
   * Forgets, as long as nothing may be sent, what waits and is not wanted any more: a standby that
   * never leads must not remember all that others have done.
   *
   * @param isWaiting whether the deciding part still counts on this write
   */
  void tidy(Predicate<Write> isWaiting, Instant now) {
    if (lanes.waiting() < tidyAt || leadership.isCertain(now)) {
      return;
    }
    lanes.retain(
        waiting -> !(waiting instanceof Waiting.OfWrite(var write)) || isWaiting.test(write));
    tidyAt = Math.max(TIDY_MIN, 2 * lanes.waiting());
  }

  private void proceed(
      Write write, Confirmation confirmation, Consumer<Observation> observer, Instant now) {
    switch (confirmation) {
      case Confirmation.Send(var wanted) -> {
        take(wanted.priority(), now);
        send(wanted, observer);
      }
      case Confirmation.ReadFirst(var read) -> {
        if (parked.park(write, read)) {
          take(read.priority(), now);
          // The read also pays for the write that it may let through. Were that to wait for a turn
          // of its own, the answer could be too old by then, each time.
          budget.borrow(now);
          send(read, observer);
        }
      }
      case Confirmation.Drop() -> {}
    }
  }

  /**
   * The first write that is still wanted goes out, paid for by the read; the others are next. An
   * answer that is no longer good enough (leadership was uncertain meanwhile, or the node is
   * another one) is asked for again, in a turn of its own.
   */
  private void resume(
      List<Write> writes,
      BiFunction<Request, Instant, Confirmation> confirm,
      Consumer<Observation> observer,
      Instant now) {
    for (var i = 0; i < writes.size(); i++) {
      switch (confirm.apply(writes.get(i), now)) {
        case Confirmation.Send(var wanted) -> {
          lanes.granted(wanted.priority());
          send(wanted, observer);
          putFirst(writes.subList(i + 1, writes.size()));
          return;
        }
        case Confirmation.ReadFirst _ -> {
          putFirst(writes.subList(i, writes.size()));
          budget.giveBack(now);
          return;
        }
        case Confirmation.Drop() -> {}
      }
    }
    budget.giveBack(now);
  }

  private void putFirst(List<Write> writes) {
    if (!writes.isEmpty()) {
      var first = writes.getFirst();
      List<Waiting> waiting = List.copyOf(writes.stream().map(Waiting.OfWrite::new).toList());
      lanes.addFirst(waiting, first.priority(), first.basis());
    }
  }

  /** Takes the answers that have arrived; each is passed on to who sent the write. */
  void settle() {
    for (var next = answers.poll(); next != null; next = answers.poll()) {
      next.run();
    }
  }

  private void send(Request request, Consumer<Observation> observer) {
    var sent = underWay.begin(request.priority(), request instanceof Read);
    sender.send(
        request,
        answer ->
            ended(
                sent,
                () -> {
                  observer.accept(answer);
                  if (request instanceof ReadNode read) {
                    parked.answered(read);
                  }
                }));
  }

  private void send(Waiting.OfEvent event, Instant now) {
    take(Priority.EVENTS, now);
    var sent = underWay.begin(Priority.EVENTS);
    sender.post(
        event.post,
        outcome ->
            ended(
                sent,
                () -> {
                  if (outcome instanceof Outcome.Failed && event.attempt < EVENT_TRIES) {
                    add(new Waiting.OfEvent(event.post, event.attempt + 1));
                  }
                }));
  }

  private void take(Priority priority, Instant now) {
    if (!budget.tryTake(now)) {
      throw new IllegalStateException("no token for " + priority + " at " + now);
    }
    lanes.granted(priority);
  }

  private void ended(Sent sent, Runnable answer) {
    answers.add(() -> {
      underWay.end(sent);
      answer.run();
    });
    wake.run();
  }

  /**
   * When {@link #dispatch} can send something again; {@link Instant#MAX} if only an answer or
   * leadership helps.
   */
  Instant nextDispatch(Instant now) {
    if (!answers.isEmpty()) {
      return now;
    }
    if (!leadership.isCertain(now)) {
      return Instant.MAX;
    }
    if (parked.hasAnswered()) {
      return now;
    }
    return lanes.next().isPresent() ? budget.nextToken(now) : Instant.MAX;
  }

  /** How many requests are under way; their answers may wait to be taken. */
  int underWay() {
    return underWay.count();
  }

  /** Whether one of them is a write or an event. */
  boolean hasWriteUnderWay() {
    return underWay.hasWrite();
  }

  /** How the requests of a priority are doing. */
  QueueStatus status(Priority priority) {
    return underWay.status(priority, lanes.waiting(priority));
  }

  private sealed interface Waiting {
    record OfWrite(Write write) implements Waiting {}

    record OfRead(Read read) implements Waiting {}

    record OfEvent(EventPost post, int attempt) implements Waiting {}
  }
}
