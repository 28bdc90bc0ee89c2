package io.nodelifecycle.simulate.check;

import io.nodelifecycle.simulate.engine.Weather.Errors;
import io.nodelifecycle.simulate.engine.World;
import io.nodelifecycle.simulate.engine.WorldObserver;
import java.time.Duration;

/**
 * The time in which things go wrong: whatever is entered is told when it happens, and ends with it.
 *
 * @param draw says what happens and when
 * @param world in which it happens
 * @param observer is told
 * @param end of all troubles, since the beginning of the world
 */
record Course(Draw draw, World world, WorldObserver observer, Duration end) {
  /** The shortest time that anything lasts. */
  static final Duration BLINK = Duration.ofMillis(500);

  /** Something happens then. */
  void at(Duration when, String what, Runnable happening) {
    world.at(
        when,
        () -> {
          observer.troubled(what, world.time().now());
          happening.run();
        });
  }

  /** Something begins then, and ends again after a while. */
  void span(Duration from, Duration longest, String what, Runnable begin, Runnable finish) {
    at(from, what, begin);
    at(until(from, longest), "no more: " + what, finish);
  }

  /** Some time after, but not after the end. */
  Duration until(Duration from, Duration longest) {
    var until = from.plus(draw.between(BLINK, longest));
    return until.compareTo(end) < 0 ? until : end;
  }

  /** Requests fail for a while. */
  void errors(Duration from, Errors errors) {
    span(
        from,
        Duration.ofMinutes(2),
        "percent of requests that fail: " + errors,
        () -> world.weather().setErrors(errors),
        () -> world.weather().setErrors(Errors.NONE));
  }
}
