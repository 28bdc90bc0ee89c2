package io.nodelifecycle.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.MeasuredDocument;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs all benchmarks: in every build for a moment, which shows that they work; with {@code
 * -Dbenchmark=full} properly, each in a process of its own.
 */
final class BenchmarksTest {
  private static final boolean IS_FULL = "full".equals(System.getProperty("benchmark"));

  /** So many that nothing besides counts, on a machine of any speed. */
  private static final int REPORTS = 2_000;

  /** No time is compared: it depends on what else the machine does. */
  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void everyBenchmarkRuns() throws RunnerException {
    var measured = run(IS_FULL ? properly() : forAMoment(Mode.AverageTime).param("nodes", "100"));
    assertThat(measured)
        .allSatisfy(each -> {
          assertThat(each.nanos()).as(each.operation()).isPositive().isFinite();
          assertThat(each.bytes()).as(each.operation()).isNotNegative().isFinite();
        });
    if (IS_FULL) {
      MeasuredDocument.put("benchmarks", table(measured), "BenchmarksTest -Dbenchmark=full");
    }
  }

  @Test
  void whatANodeCostsDoesNotGrowWithTheCluster() throws RunnerException {
    for (var report : List.of("renewal", "post")) {
      var measured =
          run(
              forAMoment(Mode.SingleShotTime)
                  .include("NodeJudgementBenchmark\\." + report + "$")
                  .measurementBatchSize(REPORTS));
      var few = measured.getFirst();
      var many = measured.getLast();
      assertThat(many.operation()).contains("15,000");
      assertThat(many.bytes()).as(report).isLessThan(2 * few.bytes() + 100);
    }
  }

  private static ChainedOptionsBuilder forAMoment(Mode mode) {
    // Another build may be at it on the same machine, which disturbs nobody here.
    System.setProperty("jmh.ignoreLock", "true");
    return options(mode)
        .forks(0)
        // What sets a benchmark up would count as allocated by its first iteration.
        .warmupIterations(1)
        .warmupTime(TimeValue.milliseconds(1))
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(10))
        .verbosity(VerboseMode.SILENT);
  }

  private static ChainedOptionsBuilder properly() {
    return options(Mode.AverageTime)
        .forks(1)
        .jvmArgs("-Xmx1g", "-XX:+UseSerialGC")
        .warmupIterations(3)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(5)
        .measurementTime(TimeValue.seconds(1));
  }

  private static ChainedOptionsBuilder options(Mode mode) {
    return new OptionsBuilder()
        .mode(mode)
        .timeUnit(TimeUnit.NANOSECONDS)
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true);
  }

  private static List<Measurement> run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).run().stream().map(Measurement::of).toList();
  }

  private static String table(List<Measurement> measured) {
    return measured.stream()
        .map(Measurement::row)
        .collect(
            Collectors.joining(
                "\n", "| one operation | takes | allocates |\n| --- | --- | --- |\n", "\n"));
  }
}
