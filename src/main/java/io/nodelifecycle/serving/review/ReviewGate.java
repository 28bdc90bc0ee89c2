package io.nodelifecycle.serving.review;

import io.nodelifecycle.core.schedule.TokenBucket;
import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds what is asked of the cluster on behalf of callers: so many questions at once, and so many
 * a second. A part of both is kept for questions that had a good answer before, so that whoever
 * asks much and in vain keeps out nobody who is known. Thread-safe.
 */
public final class ReviewGate {
  /** Questions under way, of anybody and of the known. */
  static final int AT_ONCE_MAX = 12;

  static final int KNOWN_AT_ONCE_MAX = 4;

  /** Together as much as the reference allows itself. */
  static final int PER_SECOND = 40;

  static final int BURST = 80;
  static final int KNOWN_PER_SECOND = 10;
  static final int KNOWN_BURST = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Lane anybody;
  private final Lane known;

  private record Lane(Semaphore places, TokenBucket rate) {}

  /** A gate that nobody has passed. */
  public ReviewGate(TimeSource time) {
    this.time = time;
    this.anybody =
        new Lane(new Semaphore(AT_ONCE_MAX, true), TokenBucket.full(PER_SECOND, BURST, time.now()));
    this.known =
        new Lane(
            new Semaphore(KNOWN_AT_ONCE_MAX, true),
            TokenBucket.full(KNOWN_PER_SECOND, KNOWN_BURST, time.now()));
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
    return pass(anybody, question);
  }

  /**
   * The same with a question that had a good answer before, or that no caller can ask often.
   *
   * @throws CrowdedException if there is none in time
   */
  public <T> T passKnown(Question<T> question)
      throws ReviewException, CrowdedException, InterruptedException {
    return pass(known, question);
  }

  private <T> T pass(Lane lane, Question<T> question)
      throws ReviewException, CrowdedException, InterruptedException {
    if (!lane.places.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new CrowdedException();
    }
    try {
      if (!isWithinRate(lane)) {
        throw new CrowdedException();
      }
      return question.ask();
    } finally {
      lane.places.release();
    }
  }

  private boolean isWithinRate(Lane lane) {
    lock.lock();
    try {
      return lane.rate.tryTake(time.now());
    } finally {
      lock.unlock();
    }
  }
}
