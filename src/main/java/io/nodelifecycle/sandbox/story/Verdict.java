package io.nodelifecycle.sandbox.story;

import java.time.Duration;

/** What became of an expectation. */
public sealed interface Verdict {

  /** Nothing speaks against it, and its time is not over. */
  record Open() implements Verdict {}

  /**
   * It held.
   *
   * @param seen what was seen, in words
   */
  record Held(String seen) implements Verdict {}

  /**
   * It did not hold.
   *
   * @param seen what was seen instead, in words
   */
  record Broken(String seen) implements Verdict {}

  /** Whether it is decided. */
  default boolean isDecided() {
    return !(this instanceof Open);
  }

  /** A time as people read it: seconds with one decimal. */
  static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1000.0);
  }
}
