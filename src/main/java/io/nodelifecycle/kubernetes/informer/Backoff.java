package io.nodelifecycle.kubernetes.informer;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: longer after each failure, with jitter. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LAST = Duration.ofSeconds(5);
  private static final double JITTER = 0.2;

  private final RandomGenerator random;
  private Duration next = FIRST;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    var now = next;
    var doubled = next.multipliedBy(2);
    next = doubled.compareTo(LAST) > 0 ? LAST : doubled;
    var factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    return Duration.ofNanos((long) (now.toNanos() * factor));
  }

  void reset() {
    next = FIRST;
  }
}
