package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Priority;
import io.nodelifecycle.core.LifecycleController;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.model.TimeLine;
import io.nodelifecycle.core.schedule.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the control loop does in one step: what arrived is taken note of, then judged, then acted
 * upon, all with the same {@code now}. It waits for nothing and starts no thread; one thread, real
 * or simulated, owns it.
 */
public final class ControlCycle {
  /** There is a step at least this often: a longer gap means that the process was stopped. */
  private static final Duration TICK = Duration.ofSeconds(1);

  /** What a heartbeat may have waited for others at most. */
  private static final Duration GATHERED_MAX = Duration.ofMillis(250);

  private final LifecycleController controller;
  private final AnnouncementSink announcements;
  private final TimeSource time;
  private final LoopObserver observer;
  private final Leadership leadership;
  private final ActionExecutor executor;
  private WatchControl watches = (_, _) -> {};
  private Instant lastStep;
  private Instant nextStatus;

  /**
   * Before the first step.
   *
   * @param controller decides
   * @param outlets what it acts through
   * @param wake called, on any thread, when a request was answered: a step is due
   * @param policy the budget of API requests
   * @param time the clocks
   * @param observer counts what happens
   */
  public ControlCycle(
      LifecycleController controller,
      Outlets outlets,
      Runnable wake,
      BudgetPolicy policy,
      TimeSource time,
      LoopObserver observer) {
    this.controller = controller;
    this.announcements = outlets.announcements();
    this.time = time;
    this.observer = observer;
    this.leadership = outlets.leadership();
    this.lastStep = time.now();
    this.nextStatus = lastStep;
    this.executor =
        new ActionExecutor(
            outlets.sender(),
            outlets.leadership(),
            outlets.events(),
            wake,
            TokenBucket.full(policy.requestsPerSecond(), policy.burst(), lastStep),
            time,
            observer);
  }

  /** From now on, what feeds this cycle may be asked for something. */
  public void control(WatchControl watches) {
    this.watches = watches;
  }

  /** Takes note of what is in the inbox, judges and acts once. */
  public void step(Inbox inbox, Instant now) {
    observer.stepBegan(now);
    var began = time.now();
    var gap = Duration.between(lastStep, now);
    lastStep = now;
    if (gap.compareTo(TICK.multipliedBy(2)) > 0) {
      observe(new Observation.Paused(gap), now);
    }
    controller.leads(leadership.isCertain(now), now);
    var taken = inbox.take();
    taken.forEach(each -> observe(each.value(), heard(each, now)));
    // Answers first, so that what follows from them is judged in this step.
    executor.settle();
    judge(now);
    executor.dispatch(controller::confirm, answer -> observe(answer, lastStep), now);
    executor.tidy(controller::isWaiting, now);
    account(taken, began);
    if (!now.isBefore(nextStatus)) {
      nextStatus = now.plus(TICK);
      observer.publish(new LoopStatus(now, controller.status(now), queues(inbox)));
    }
  }

  /**
   * Heartbeats are left to gather before they come here; that must not move the end of a grace
   * period. Whatever else held one up does.
   */
  private static Instant heard(Timed<Observation> timed, Instant now) {
    if (!(timed.value() instanceof Observation.LeaseSeen)) {
      return now;
    }
    return TimeLine.earlier(now, TimeLine.later(timed.since(), now.minus(GATHERED_MAX)));
  }

  private void observe(Observation observation, Instant now) {
    observer.observed(observation, now);
    controller.observe(observation, now);
  }

  private void judge(Instant now) {
    var judgedBefore = controller.judgedNodes();
    var began = time.now();
    observer.deciding(now);
    var actions = controller.advance(now);
    actions.forEach(action -> observer.decided(action, now));
    observer.judged(Duration.between(began, time.now()), controller.judgedNodes() - judgedBefore);
    accept(actions, now);
  }

  private void account(List<Timed<Observation>> taken, Instant began) {
    var duration = Duration.between(began, time.now());
    taken.stream()
        .map(each -> Inbox.queueOf(each.value()))
        .distinct()
        .forEach(queue -> observer.worked(queue, duration));
    observer.stepEnded();
  }

  private Map<WorkQueue, QueueStatus> queues(Inbox inbox) {
    var queues = new EnumMap<WorkQueue, QueueStatus>(WorkQueue.class);
    for (var queue : List.of(WorkQueue.NODE_OBSERVATIONS, WorkQueue.POD_OBSERVATIONS)) {
      queues.put(queue, new QueueStatus(inbox.waiting(queue), 0, Duration.ZERO, Duration.ZERO));
    }
    for (var priority : Priority.values()) {
      queues.put(WorkQueue.of(priority), executor.status(priority));
    }
    return queues;
  }

  private void accept(List<Action> actions, Instant now) {
    var wallClock = time.wallClock();
    for (var action : actions) {
      switch (action) {
        case Action.Write write -> executor.add(write);
        case Action.Read read -> executor.add(read);
        case Action.ReopenWatch(var resource, var isFromList) ->
            watches.reopen(resource, isFromList);
        case Action.SendEvent event -> executor.add(event, wallClock, now);
        case Action.Announcement announcement -> announcements.announce(announcement);
      }
    }
  }

  /** When the next step is due at the latest, unless something arrives or is answered before. */
  public Instant nextStep(Instant now) {
    var next = now.plus(TICK);
    next = TimeLine.earlier(next, controller.nextWake(now));
    return TimeLine.earlier(next, executor.nextDispatch(now));
  }

  /**
   * Takes the answers that have arrived; whether no write or event is under way any more. What a
   * read brings is of no use at the end.
   */
  boolean isAnswered() {
    executor.settle();
    return !executor.hasWriteUnderWay();
  }
}
