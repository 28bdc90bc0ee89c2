package io.nodelifecycle.kubernetes.election;

import io.nodelifecycle.kubernetes.http.ApiExchange;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.mapping.Timestamps;
import io.nodelifecycle.runtime.Leadership;
import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes part in the election of the one process that acts, on a thread of its own.
 *
 * <p>A leader is certain of itself for the renew deadline, counted from before its last renewal was
 * sent, and the others leave it alone for the lease duration, counted from when they saw that
 * renewal: on whichever clocks, it has stopped before another begins.
 */
public final class LeaderElection implements Leadership, AutoCloseable {
  /** To give the lease back, all together. */
  private static final Duration RELEASE_PATIENCE = Duration.ofSeconds(1);

  /** Of that, for a request under way, which may be carried out even if it is abandoned. */
  private static final Duration ANSWER_PATIENCE = Duration.ofMillis(500);

  private static final int RELEASE_TRIES = 2;

  private final ElectionPolicy policy;
  private final TimeSource time;
  private final Candidacy candidacy;
  private final LeaseExchange exchange;
  private final ElectionLog log;

  /** Held while a request is under way. */
  private final ReentrantLock asking = new ReentrantLock();

  private final CountDownLatch isReady = new CountDownLatch(1);
  private final Thread thread;
  private Listener listener = _ -> {};
  private volatile Instant certainUntil = Instant.MIN;

  /** The same on the wall clock; where that jumps forward, certainty returns with a renewal. */
  private volatile Instant renewedUntil = Instant.MIN;

  private volatile boolean isClosed;

  /** Told how the election goes, on its thread. */
  @FunctionalInterface
  public interface Listener {
    /**
     * This process leads from now on; or it has led, and may do so no longer, and nothing comes
     * after that.
     */
    void leads(boolean isLeader);
  }

  /**
   * An election that has not begun.
   *
   * @param transport to the API server; its requests are in nobody's budget
   */
  public LeaderElection(ElectionPolicy policy, ApiExchange transport, TimeSource time) {
    this.policy = policy;
    this.time = time;
    this.candidacy = new Candidacy(policy);
    this.exchange = new LeaseExchange(transport, policy);
    this.log = new ElectionLog(policy, time);
    this.thread = Thread.ofPlatform().daemon().name("election").unstarted(this::run);
  }

  /**
   * Begins, as soon as this process is {@link #ready}. To be called once.
   *
   * @param told how it goes
   */
  public void start(Listener told) {
    listener = told;
    thread.start();
  }

  /** This process could act at once if it led; can be called from any thread. */
  public void ready() {
    isReady.countDown();
  }

  /**
   * A machine that slept may not have told its monotonic clock; the wall clock then gives it away.
   */
  @Override
  public boolean isCertain(Instant now) {
    return !isClosed && now.isBefore(certainUntil) && time.wallClock().isBefore(renewedUntil);
  }

  private void run() {
    try {
      isReady.await();
      while (!isClosed && step()) {
        publish();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does what is next; false if nothing is. */
  private boolean step() throws InterruptedException {
    var now = time.now();
    var step = candidacy.step(now);
    switch (step) {
      case WAIT -> time.sleep(Duration.between(now, candidacy.nextStep()));
      case LOOK, HOLD -> ask(step, now);
      case LOST -> {
        log.lost(candidacy.holder());
        listener.leads(false);
        return false;
      }
    }
    return true;
  }

  private void publish() {
    certainUntil = candidacy.certainUntil();
  }

  private void ask(Candidacy.Step step, Instant now) throws InterruptedException {
    asking.lockInterruptibly();
    try {
      if (isClosed) {
        return;
      }
      if (step == Candidacy.Step.HOLD) {
        hold(now);
      } else {
        look(now);
      }
    } finally {
      asking.unlock();
    }
  }

  private void look(Instant now) throws InterruptedException {
    try {
      var lease = exchange.read(candidacy.patience(now));
      candidacy.saw(lease, time.now());
      log.saw(lease);
    } catch (ApiFailure failure) {
      fail(failure.reason());
    } catch (RuntimeException unexpected) {
      fail("unexpected " + unexpected);
    }
  }

  private void hold(Instant now) throws InterruptedException {
    var wasLeading = candidacy.isLeading();
    var wallClock = time.wallClock();
    try {
      var wanted = candidacy.wanted(Timestamps.formatMicros(wallClock));
      candidacy.sending();
      candidacy.held(exchange.write(wanted, candidacy.patience(now)), now);
      renewedUntil = wallClock.plus(policy.renewDeadline());
      if (!wasLeading) {
        publish();
        log.leads();
        listener.leads(true);
      }
    } catch (ApiFailure failure) {
      if (failure.code() == 409) {
        candidacy.conflicted(time.now());
      } else {
        fail(failure.reason());
      }
    } catch (RuntimeException unexpected) {
      fail("unexpected " + unexpected);
    }
  }

  /** An election that ends silently would leave a process that never acts, or never says why. */
  private void fail(String reason) {
    candidacy.failed(time.now());
    log.failed(reason);
  }

  /**
   * Ends it, within a second. Who holds the lease, or may have got it a moment ago, hands it over,
   * so that another need not wait; to be called only when nothing that was sent under it is under
   * way any more.
   */
  public void release() throws InterruptedException {
    var until = time.now().plus(RELEASE_PATIENCE);
    isClosed = true;
    if (asking.tryLock(ANSWER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      asking.unlock();
    }
    close();
    if (thread.join(left(until))) {
      giveBack(until);
    }
  }

  /** If it has changed, or nobody knows whether it was written, how it is now decides. */
  private void giveBack(Instant until) throws InterruptedException {
    for (var tries = 1; candidacy.mayHold(); tries++) {
      try {
        if (candidacy.hasToLook()) {
          candidacy.saw(exchange.read(left(until)), time.now());
        }
        if (candidacy.mayHold()) {
          var wallClock = Timestamps.formatMicros(time.wallClock());
          exchange.write(candidacy.released(wallClock), left(until));
          log.released();
        }
        return;
      } catch (ApiFailure failure) {
        candidacy.failed(time.now());
        if (tries == RELEASE_TRIES || left(until).isZero()) {
          log.notReleased(failure.reason());
          return;
        }
      }
    }
  }

  private Duration left(Instant until) {
    var left = Duration.between(time.now(), until);
    return left.isPositive() ? left : Duration.ZERO;
  }

  /** Ends it; the lease, if this process holds it, runs out by itself. */
  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
  }
}
