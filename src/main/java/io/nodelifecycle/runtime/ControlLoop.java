package io.nodelifecycle.runtime;

import io.nodelifecycle.core.LifecycleController;
import io.nodelifecycle.core.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one thread that owns the deciding part: takes what arrived and steps the {@link
 * ControlCycle}, again and again.
 */
public final class ControlLoop implements ObservationSink, AutoCloseable {
  /** Writes that are under way at the end are awaited for so long. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final TimeSource time;
  private final Inbox inbox;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final ControlCycle cycle;
  private volatile boolean isStopping;

  /**
   * A loop that has not begun.
   *
   * @param controller decides; from now on only {@link #run}'s thread may use it
   * @param api sends single requests
   * @param leadership nothing is sent without it
   * @param events aggregates events and limits them
   * @param announcements tells people
   * @param policy the budget of API requests
   * @param time the clocks
   * @param observer counts what happens
   */
  public ControlLoop(
      LifecycleController controller,
      ApiAccess api,
      Leadership leadership,
      EventFilter events,
      AnnouncementSink announcements,
      BudgetPolicy policy,
      TimeSource time,
      LoopObserver observer) {
    this.time = time;
    this.inbox = new Inbox(time, observer);
    this.cycle =
        new ControlCycle(
            controller,
            new Outlets(
                new RequestThreads(api.writer(), api.reader(), requests),
                leadership,
                events,
                announcements),
            inbox::wake,
            policy,
            time,
            observer);
  }

  @Override
  public void put(Observation observation) throws InterruptedException {
    inbox.put(observation);
  }

  @Override
  public void put(Observation observation, Instant arrival) throws InterruptedException {
    inbox.put(observation, arrival);
  }

  /**
   * Runs until {@link #stop} is called; then awaits the writes and events that are under way for up
   * to five seconds. Live reads are not awaited: they change nothing.
   *
   * @param watches feed this loop
   * @return whether every write and event was answered
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean run(WatchControl watches) throws InterruptedException {
    cycle.control(watches);
    while (!isStopping) {
      var now = time.now();
      step(now);
      if (!isStopping && inbox.isEmpty()) {
        var next = cycle.nextStep(now);
        inbox.await(next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO);
      }
    }
    return awaitWrites(time.now().plus(FAREWELL));
  }

  /** Takes note, judges and acts once. */
  void step(Instant now) {
    cycle.step(inbox, now);
  }

  private boolean awaitWrites(Instant until) throws InterruptedException {
    for (var now = time.now(); now.isBefore(until); now = time.now()) {
      if (cycle.isAnswered()) {
        return true;
      }
      inbox.await(Duration.between(now, until));
      inbox.take();
    }
    return cycle.isAnswered();
  }

  /** Has {@link #run} take its next step at once; can be called from any thread. */
  public void wake() {
    inbox.wake();
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
