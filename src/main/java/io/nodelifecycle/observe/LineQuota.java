package io.nodelifecycle.observe;

import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how often the same is said of different objects: so many lines a minute of each kind. Not
 * thread-safe.
 */
final class LineQuota {
  /** Enough to see what is wrong, few enough to see what else is. */
  static final int LINES_MAX = 20;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TimeSource time;
  private final Map<Object, Minute> minutes = new HashMap<>();

  /** Nothing was said yet. */
  LineQuota(TimeSource time) {
    this.time = time;
  }

  /**
   * What becomes of a line.
   *
   * @param isSaid whether it is logged
   * @param isLast whether it is the last one of its kind for the rest of the minute
   * @param unsaid of the minute before, how many were not logged; only with the first of a minute
   */
  record Line(boolean isSaid, boolean isLast, int unsaid) {}

  /**
   * What becomes of one more line, which counts as said.
   *
   * @param kind of which there are few
   */
  Line next(Object kind) {
    var now = time.now();
    var minute = minutes.get(kind);
    var unsaid = 0;
    if (minute == null || !now.isBefore(minute.begin.plus(MINUTE))) {
      unsaid = minute == null ? 0 : Math.max(0, minute.lines - LINES_MAX);
      minute = new Minute(now);
      minutes.put(kind, minute);
    }
    minute.lines++;
    return new Line(minute.lines <= LINES_MAX, minute.lines == LINES_MAX, unsaid);
  }

  private static final class Minute {
    private final Instant begin;
    private int lines;

    Minute(Instant begin) {
      this.begin = begin;
    }
  }
}
