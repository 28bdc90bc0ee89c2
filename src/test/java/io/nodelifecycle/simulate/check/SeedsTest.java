package io.nodelifecycle.simulate.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.runtime.SystemTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Seeds under the eyes of the invariants and of the oracle. {@code -Dseeds=N} and {@code
 * -Dfirst-seed=S} choose which.
 */
final class SeedsTest {
  private static final long FIRST = Long.getLong("first-seed", 1);
  private static final long COUNT = Long.getLong("seeds", 200);

  @Test
  void nothingHappensThatMustNeverHappen() throws InterruptedException {
    var threads = Runtime.getRuntime().availableProcessors();
    var series = new SeedSeries(FIRST, COUNT, new Oracle());
    var time = new SystemTime();
    var begun = time.now();
    var outcome =
        series.run(
            threads,
            progress -> {
              if (progress.done() % 1000 == 0) {
                System.out.printf(
                    "%d of %d seeds, %d hours of cluster time%n",
                    progress.done(), progress.count(), progress.length().toHours());
              }
            });
    System.out.printf(
        "%d seeds, %d hours of cluster time in %d s%n",
        outcome.done(),
        outcome.length().toHours(),
        Duration.between(begun, time.now()).toSeconds());
    assertThat(outcome.failed())
        .as("replay with -Dtest=SeedsTest -Dseeds=1 -Dfirst-seed=...")
        .isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameBytes() {
    assertThat(trace(FIRST)).isEqualTo(trace(FIRST)).hasSizeGreaterThan(100);
  }

  private static List<String> trace(long seed) {
    List<String> lines = new ArrayList<>();
    var result = SeedRun.traced(seed, new Oracle(), lines::add);
    assertThat(result.seed()).isEqualTo(seed);
    return lines;
  }
}
