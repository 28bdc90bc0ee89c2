package io.nodelifecycle.simulate;

import io.nodelifecycle.config.value.GoDuration;
import io.nodelifecycle.runtime.TimeSource;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * How far a simulation is: on a terminal a bar that is drawn over itself, elsewhere a line now and
 * then.
 */
final class ProgressDisplay implements AutoCloseable {
  private static final Duration FRAME = Duration.ofMillis(200);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final int WIDTH = 30;
  private static final int PERCENT = 100;

  private final PrintStream out;
  private final boolean isTerminal;
  private final TimeSource time;
  private final Duration length;
  private final Instant begin;
  private Instant next;
  private boolean isDrawn;

  /**
   * A display of a simulation that begins now.
   *
   * @param length of the simulation, in cluster time
   */
  ProgressDisplay(PrintStream out, boolean isTerminal, TimeSource time, Duration length) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.time = time;
    this.length = length;
    begin = time.now();
    next = begin.plus(interval());
  }

  private Duration interval() {
    return isTerminal ? FRAME : BETWEEN_LINES;
  }

  /** Shows how much of the cluster's time has passed, if it was not shown just now. */
  void show(Duration at) {
    var now = time.now();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(interval());
    var text = text(at, Duration.between(begin, now));
    if (isTerminal) {
      out.print("\r" + bar(at) + text + "\u001b[K");
      out.flush();
      isDrawn = true;
    } else {
      out.println("simulate:" + text);
    }
  }

  private String bar(Duration at) {
    int full = (int) Math.min(WIDTH, WIDTH * at.toMillis() / Math.max(1, length.toMillis()));
    return "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "]";
  }

  private String text(Duration at, Duration spent) {
    long percent = PERCENT * at.toMillis() / Math.max(1, length.toMillis());
    var seconds = seconds(spent);
    var rest = "";
    if (at.isPositive()) {
      double factor = (double) length.minus(at).toMillis() / at.toMillis();
      rest = ", about " + seconds(Duration.ofMillis((long) (spent.toMillis() * factor))) + " to go";
    }
    return " %d %%, %s of %s of cluster time, %s%s"
        .formatted(percent, whole(at), whole(length), seconds, rest);
  }

  private static String whole(Duration duration) {
    return GoDuration.format(Duration.ofSeconds(duration.toSeconds()));
  }

  private static String seconds(Duration duration) {
    return Math.round(duration.toMillis() / 1000.0) + " s";
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    if (isDrawn) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
