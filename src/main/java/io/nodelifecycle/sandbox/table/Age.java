package io.nodelifecycle.sandbox.table;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Durations as kubectl prints them: short, and coarser the longer they are. */
final class Age {
  private static final String UNKNOWN = "<unknown>";

  private Age() {}

  /** The time since a timestamp of an object; the timestamp may be anything. */
  static String since(String timestamp, Instant now) {
    try {
      return timestamp.isEmpty() ? UNKNOWN : of(Duration.between(Instant.parse(timestamp), now));
    } catch (DateTimeException | ArithmeticException _) {
      return UNKNOWN;
    }
  }

  static String of(Duration age) {
    long seconds = age.toSeconds();
    if (seconds < -1) {
      return "<invalid>";
    }
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (seconds < 120) {
      return Math.max(seconds, 0) + "s";
    }
    if (minutes < 10) {
      return pair(minutes, "m", seconds % 60, "s");
    }
    if (hours < 3) {
      return minutes + "m";
    }
    if (hours < 8) {
      return pair(hours, "h", minutes % 60, "m");
    }
    if (days < 2) {
      return hours + "h";
    }
    if (days < 8) {
      return pair(days, "d", hours % 24, "h");
    }
    if (days < 730) {
      return days + "d";
    }
    return days < 2920 ? pair(days / 365, "y", days % 365, "d") : days / 365 + "y";
  }

  private static String pair(long large, String largeUnit, long small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
  }
}
