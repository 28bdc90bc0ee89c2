package io.nodelifecycle.core.schedule;

import io.nodelifecycle.benchmark.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Deadlines of many keys, as far apart as those of nodes that report in turn. */
@State(Scope.Thread)
public class DeadlineQueueBenchmark {
  private static final Duration GRACE = Duration.ofSeconds(50);

  @Param({"500", "15000"})
  public int keys;

  private final DeadlineQueue<Integer> deadlines = new DeadlineQueue<>();
  private Duration pause = Duration.ZERO;
  private Instant now = Instant.EPOCH;
  private int next;

  @Setup
  public void setUp() {
    pause = GRACE.dividedBy(keys);
    for (var key = 0; key < keys; key++) {
      moveNext();
    }
  }

  private void moveNext() {
    now = now.plus(pause);
    deadlines.set(next, now.plus(GRACE));
    next = (next + 1) % keys;
  }

  @Benchmark
  @Operation("move the deadline of a key, {keys} keys")
  public Instant move() {
    moveNext();
    return deadlines.earliest();
  }

  @Benchmark
  @Operation("take the key whose deadline has come and give it another, {keys} keys")
  public Optional<Integer> due() {
    now = now.plus(pause);
    var due = deadlines.poll(now);
    due.ifPresent(key -> deadlines.set(key, now.plus(GRACE)));
    return due;
  }
}
