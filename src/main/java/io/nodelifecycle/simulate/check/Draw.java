package io.nodelifecycle.simulate.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws from a seed. */
final class Draw {
  private final SplittableRandom random;

  Draw(long seed) {
    // Neighbouring seeds are to have nothing in common.
    this.random = new SplittableRandom(seed).split();
  }

  /** A number from the first to the last. */
  int number(int first, int last) {
    return random.nextInt(first, last + 1);
  }

  /** True so often out of a hundred times. */
  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  /** One of these. */
  @SafeVarargs
  final <T> T one(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** One of these; there must be some. */
  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Some of these, each with this chance out of a hundred. */
  <T> List<T> some(List<T> choices, int chance) {
    List<T> drawn = new ArrayList<>();
    for (var choice : choices) {
      if (percent(chance)) {
        drawn.add(choice);
      }
    }
    return drawn;
  }

  /** A time between these, in milliseconds. */
  Duration between(Duration shortest, Duration longest) {
    return Duration.ofMillis(random.nextLong(shortest.toMillis(), longest.toMillis() + 1));
  }

  /** A seed for something else. */
  long seed() {
    return random.nextLong();
  }
}
