package io.nodelifecycle.simulate.engine;

import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** Time that passes when the simulation says so. All machines share the monotonic time. */
public final class VirtualTime {
  /** When it begins: the epoch of the monotonic time. */
  public static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final Instant wallStart;
  private Instant now = START;

  /** Time that begins at this wall clock. */
  public VirtualTime(Instant wallStart) {
    this.wallStart = wallStart;
  }

  /** The monotonic time, with an arbitrary epoch. */
  public Instant now() {
    return now;
  }

  /** What a clock shows that goes right. */
  public Instant wallClock() {
    return wallStart.plus(sinceStart());
  }

  /** How long it has been since the beginning. */
  public Duration sinceStart() {
    return Duration.between(START, now);
  }

  /** How long after the beginning an instant is. */
  public Duration sinceStart(Instant instant) {
    return Duration.between(START, instant);
  }

  /** The instant so long after the beginning. */
  public Instant at(Duration sinceStart) {
    return START.plus(sinceStart);
  }

  /** Time passes until an instant; it never goes back. */
  void advance(Instant instant) {
    if (instant.isAfter(now)) {
      now = instant;
    }
  }

  /** The clocks of a machine, of which the wall clock may be wrong. */
  Clocks clocks() {
    return new Clocks(this);
  }

  /** The clocks of one machine. */
  static final class Clocks implements TimeSource {
    private final VirtualTime time;
    private Duration error = Duration.ZERO;

    private Clocks(VirtualTime time) {
      this.time = time;
    }

    /** From now on the wall clock is wrong by so much. */
    void set(Duration error) {
      this.error = error;
    }

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public Instant wallClock() {
      return time.wallClock().plus(error);
    }

    @Override
    public void sleep(Duration duration) {
      throw new IllegalStateException("nothing sleeps in virtual time");
    }
  }
}
