package io.nodelifecycle.serving;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs each request on a thread of its own, from its handshake to the last byte of its answer, and
 * interrupts it when that takes too long, which closes its connection.
 *
 * <p>The JDK's server has timers for that as well, but closes such a connection with courtesy: it
 * waits until it can say goodbye, for ever if the client reads nothing, and then cuts nobody any
 * more.
 */
final class TimedRequests implements Executor, AutoCloseable {
  private final int secondsMax;
  private final ClientShares shares;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("secure-port-", 0).factory());
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("secure-port-timer").factory());

  /**
   * Nothing runs yet.
   *
   * @param secondsMax how long a request may take in all
   * @param shares left when a request is over; entered by whoever knows its client
   */
  TimedRequests(int secondsMax, ClientShares shares) {
    this.secondsMax = secondsMax;
    this.shares = shares;
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void execute(Runnable request) {
    threads.execute(() -> run(request));
  }

  private void run(Runnable request) {
    var end = timer.schedule(Thread.currentThread()::interrupt, secondsMax, TimeUnit.SECONDS);
    try {
      request.run();
    } finally {
      end.cancel(false);
      shares.leave();
    }
  }

  /** Interrupts all. */
  @Override
  public void close() {
    timer.shutdownNow();
    threads.shutdownNow();
  }
}
