package io.nodelifecycle.testing;

import java.util.function.DoubleSupplier;

/** Tells the seconds since it was started, which need not begin at zero. */
public final class Stopwatch implements DoubleSupplier {
  private final double first;
  private final long start = System.nanoTime();

  private Stopwatch(double first) {
    this.first = first;
  }

  /** A stopwatch that shows these seconds now. */
  public static Stopwatch startingAt(double seconds) {
    return new Stopwatch(seconds);
  }

  @Override
  public double getAsDouble() {
    return first + (System.nanoTime() - start) / 1e9;
  }
}
