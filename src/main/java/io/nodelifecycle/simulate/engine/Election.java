package io.nodelifecycle.simulate.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who may act: a process may as long as it has renewed its lease recently, and another one only
 * after that lease has run out for everybody. A process that finds that it has lost ends.
 */
final class Election {
  /** Two seconds with some jitter, so that a deadline does not coincide with a try. */
  private static final Duration RETRY = Duration.ofMillis(2_200);

  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final Surroundings world;
  private @Nullable SimulatedProcess candidate;
  private boolean isLeading;
  private Instant expiry = Instant.MIN;

  Election(Surroundings world) {
    this.world = world;
  }

  /** A process takes part. */
  void enter(SimulatedProcess process) {
    candidate = process;
    isLeading = false;
    round(process);
  }

  /** When a process that takes part from now on may lead at the earliest. */
  Instant nextTerm() {
    var now = world.time().now();
    return expiry.isAfter(now) ? expiry : now;
  }

  private void round(SimulatedProcess process) {
    look(process);
    if (process.equals(candidate) && !process.hasEnded()) {
      world.agenda().at(world.time().now().plus(RETRY), () -> round(process));
    }
  }

  /**
   * Whether a request of the election gets through; a server that fails or stalls does so here,
   * too.
   */
  private boolean isAnswered() {
    var weather = world.weather();
    return !weather.isDown()
        && weather.fate() == Weather.Fate.DONE
        && weather.delay().compareTo(TIMEOUT) < 0;
  }

  /** A process looks after its lease, if it can. */
  void look(SimulatedProcess process) {
    if (!process.equals(candidate) || !process.isRunning()) {
      return;
    }
    var now = world.time().now();
    if (isLeading && !process.lead().isCertain(now)) {
      isLeading = false;
      world.observer().leads(process.id(), false, now);
      process.end();
      return;
    }
    if (isAnswered() && (isLeading || !expiry.isAfter(now))) {
      process.lead().renew(now.plus(DEADLINE));
      world.observer().mayActUntil(process.id(), now.plus(DEADLINE));
      expiry = now.plus(LEASE);
      if (!isLeading) {
        isLeading = true;
        world.observer().leads(process.id(), true, now);
      }
    }
  }
}
