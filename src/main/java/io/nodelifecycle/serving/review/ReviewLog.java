package io.nodelifecycle.serving.review;

import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;

/** Says that questions are not answered: what is new at once, the same once a minute. */
public final class ReviewLog {
  private static final Duration REPEATED_AFTER = Duration.ofMinutes(1);

  private final Logger logger;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private String said = "";
  private Instant repeatAt = Instant.MIN;

  /** Writes to this logger. */
  public ReviewLog(Logger logger, TimeSource time) {
    this.logger = logger;
    this.time = time;
  }

  /** A question was not answered. */
  public void unanswered(String what, String reason) {
    if (isWorthSaying(reason)) {
      logger.atWarn().addKeyValue("reason", reason).log(what);
    }
  }

  /** Whether it is. */
  boolean isWorthSaying(String reason) {
    var now = time.now();
    lock.lock();
    try {
      if (reason.equals(said) && now.isBefore(repeatAt)) {
        return false;
      }
      said = reason;
      repeatAt = now.plus(REPEATED_AFTER);
      return true;
    } finally {
      lock.unlock();
    }
  }
}
