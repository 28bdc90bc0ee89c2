package io.nodelifecycle.core.schedule;

import io.nodelifecycle.benchmark.Operation;
import java.time.Duration;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The limiter of a zone, or of all requests. */
@State(Scope.Thread)
public class LimiterBenchmark {
  /** Twice as often as tokens come, so that every other look finds none. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private final TokenBucket bucket = TokenBucket.empty(100, 150, Instant.EPOCH);
  private Instant now = Instant.EPOCH;

  @Benchmark
  @Operation("ask a limiter for a token")
  public boolean take() {
    now = now.plus(BETWEEN_LOOKS);
    return bucket.tryTake(now);
  }
}
