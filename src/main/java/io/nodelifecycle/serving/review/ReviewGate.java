package io.nodelifecycle.serving.review;

import io.nodelifecycle.core.schedule.TokenBucket;
import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds what is asked of the cluster on behalf of callers: so many questions at once, and so many
 * a second. Thread-safe.
 */
public final class ReviewGate {
  static final int AT_ONCE_MAX = 16;

  /** As much as the reference allows itself. */
  static final int PER_SECOND = 50;

  static final int BURST = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final TimeSource time;
  private final Semaphore places = new Semaphore(AT_ONCE_MAX, true);
  private final ReentrantLock lock = new ReentrantLock();
  private final TokenBucket rate;

  /** A gate that nobody has passed. */
  public ReviewGate(TimeSource time) {
    this.time = time;
    this.rate = TokenBucket.full(PER_SECOND, BURST, time.now());
  }

  /** A question. */
  @FunctionalInterface
  public interface Question<T> {
    /** Asks it. */
    T ask() throws ReviewException, InterruptedException;
  }

  /** There is no room for a question now. */
  public static final class CrowdedException extends Exception {
    private static final long serialVersionUID = 1;

    CrowdedException() {
      super("too many questions at once", null, false, false);
    }
  }

  /**
   * Asks when there is room.
   *
   * @throws CrowdedException if there is none in time
   */
  public <T> T pass(Question<T> question)
      throws ReviewException, CrowdedException, InterruptedException {
    if (!places.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new CrowdedException();
    }
    try {
      if (!isWithinRate()) {
        throw new CrowdedException();
      }
      return question.ask();
    } finally {
      places.release();
    }
  }

  private boolean isWithinRate() {
    lock.lock();
    try {
      return rate.tryTake(time.now());
    } finally {
      lock.unlock();
    }
  }
}
