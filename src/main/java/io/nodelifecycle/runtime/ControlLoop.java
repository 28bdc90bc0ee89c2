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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one thread that owns the deciding part: takes observations, lets it judge, sends what it
 * wants.
 *
 * <p>Everything happens in steps; in each, what arrived is taken note of, then judged, then acted
 * upon, all with the same {@code now}.
 */
public final class ControlLoop implements ObservationSink, AutoCloseable {
  /** The loop steps at least this often: a longer gap means that the process was stopped. */
  private static final Duration TICK = Duration.ofSeconds(1);

  /** Requests that are under way at the end are awaited for so long. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final LifecycleController controller;
  private final AnnouncementSink announcements;
  private final TimeSource time;
  private final LoopObserver observer;
  private final Inbox inbox;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final ActionExecutor executor;
  private WatchControl watches = (_, _) -> {};
  private Instant lastStep;
  private Instant nextStatus;
  private volatile boolean isStopping;

  /**
   * A loop that has not begun.
   *
   * @param controller decides; from now on only {@link #run}'s thread may use it
   * @param writer sends single writes
   * @param reader sends single live reads
   * @param events aggregates events and limits them
   * @param announcements tells people
   * @param policy the budget of API requests
   * @param time the clocks
   * @param observer counts what happens
   */
  public ControlLoop(
      LifecycleController controller,
      ApiWriter writer,
      ApiReader reader,
      EventFilter events,
      AnnouncementSink announcements,
      BudgetPolicy policy,
      TimeSource time,
      LoopObserver observer) {
    this.controller = controller;
    this.announcements = announcements;
    this.time = time;
    this.observer = observer;
    this.inbox = new Inbox(time, observer);
    this.lastStep = time.now();
    this.nextStatus = lastStep;
    this.executor =
        new ActionExecutor(
            writer,
            reader,
            events,
            requests,
            inbox::wake,
            TokenBucket.full(policy.requestsPerSecond(), policy.burst(), lastStep),
            time,
            observer);
  }

  @Override
  public void put(Observation observation) throws InterruptedException {
    inbox.put(observation);
  }

  /**
   * Runs until {@link #stop} is called; then awaits the requests that are under way for up to five
   * seconds.
   *
   * @param watches feed this loop
   * @throws InterruptedException if the thread is interrupted
   */
  public void run(WatchControl watches) throws InterruptedException {
    this.watches = watches;
    while (!isStopping) {
      var now = time.now();
      step(now);
      if (!isStopping && inbox.isEmpty()) {
        inbox.await(untilNextStep(now));
      }
    }
    awaitRequests(time.now().plus(FAREWELL));
  }

  /** Takes note, judges and acts once. */
  void step(Instant now) {
    observer.stepBegan(now);
    var began = time.now();
    var gap = Duration.between(lastStep, now);
    lastStep = now;
    if (gap.compareTo(TICK.multipliedBy(2)) > 0) {
      controller.observe(new Observation.Paused(gap), now);
    }
    var taken = inbox.take();
    taken.forEach(observation -> controller.observe(observation, now));
    // Answers first, so that what follows from them is judged in this step.
    executor.settle();
    judge(now);
    executor.dispatch(controller::confirm, answer -> controller.observe(answer, lastStep), now);
    account(taken, began, now);
  }

  private void judge(Instant now) {
    var judgedBefore = controller.judgedNodes();
    var began = time.now();
    var actions = controller.advance(now);
    observer.judged(Duration.between(began, time.now()), controller.judgedNodes() - judgedBefore);
    accept(actions, now);
  }

  private void account(List<Observation> taken, Instant began, Instant now) {
    var duration = Duration.between(began, time.now());
    taken.stream()
        .map(Inbox::queueOf)
        .distinct()
        .forEach(queue -> observer.worked(queue, duration));
    observer.stepEnded();
    if (!now.isBefore(nextStatus)) {
      nextStatus = now.plus(TICK);
      observer.publish(new LoopStatus(now, controller.status(now), queues()));
    }
  }

  private Map<WorkQueue, QueueStatus> queues() {
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

  private Duration untilNextStep(Instant now) {
    var next = now.plus(TICK);
    next = TimeLine.earlier(next, controller.nextWake(now));
    next = TimeLine.earlier(next, executor.nextDispatch(now));
    return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
  }

  private void awaitRequests(Instant until) throws InterruptedException {
    for (var now = time.now(); now.isBefore(until); now = time.now()) {
      executor.settle();
      if (executor.underWay() == 0) {
        return;
      }
      inbox.await(Duration.between(now, until));
      inbox.take();
    }
  }

  /** Ends {@link #run} after the step that is going on; can be called from any thread. */
  public void stop() {
    isStopping = true;
    inbox.wake();
  }

  /** Abandons the requests that are still under way. */
  @Override
  public void close() {
    requests.shutdownNow();
  }
}
