package io.nodelifecycle.simulate.check;

import io.nodelifecycle.simulate.check.SeedRun.Result;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Runs seed after seed, several at a time, and stops at the first that fails.
 *
 * @param first the first seed
 * @param count how many
 * @param judge of what each comes to
 */
public record SeedSeries(long first, long count, FinalState.Judge judge) {
  private static final int AHEAD = 4;

  /**
   * How far a series has come.
   *
   * @param done how many seeds are done
   * @param count of how many
   * @param length how much time has passed in all clusters together
   */
  public record Progress(long done, long count, Duration length) {}

  /**
   * What a series came to.
   *
   * @param done how many seeds were run
   * @param length how much time has passed in all clusters together
   * @param failed the first seed that failed, with what was wrong; none if all was well
   */
  public record Outcome(long done, Duration length, List<Result> failed) {
    /** Takes a copy. */
    public Outcome {
      failed = List.copyOf(failed);
    }
  }

  /**
   * Runs them.
   *
   * @param threads how many at a time
   * @param progress told after each seed, in their order
   * @throws InterruptedException if interrupted while waiting
   */
  public Outcome run(int threads, Consumer<Progress> progress) throws InterruptedException {
    Deque<Future<Result>> underWay = new ArrayDeque<>();
    var next = first;
    var done = 0L;
    var length = Duration.ZERO;
    try (var executor = Executors.newFixedThreadPool(threads)) {
      while (done < count) {
        for (; underWay.size() < threads * AHEAD && next < first + count; next++) {
          var seed = next;
          underWay.add(executor.submit(() -> SeedRun.run(seed, judge)));
        }
        var result = result(underWay.remove());
        done++;
        length = length.plus(result.length());
        progress.accept(new Progress(done, count, length));
        if (!result.failures().isEmpty()) {
          executor.shutdownNow();
          return new Outcome(done, length, List.of(result));
        }
      }
    }
    return new Outcome(done, length, List.of());
  }

  private static Result result(Future<Result> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible.getCause());
    }
  }
}
