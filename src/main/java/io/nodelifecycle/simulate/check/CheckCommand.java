package io.nodelifecycle.simulate.check;

import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.simulate.check.SeedRun.Result;
import io.nodelifecycle.simulate.check.SeedSeries.Progress;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The subcommand {@code simulate --check}. */
public final class CheckCommand {
  private static final int OK = 0;
  private static final int FOUND = 1;
  private static final int UNUSABLE = 2;
  private static final int FAILURES_SHOWN = 5;
  private static final Duration TERMINAL_STEP = Duration.ofSeconds(1);
  private static final Duration PLAIN_STEP = Duration.ofSeconds(20);

  private final TimeSource time;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean isTerminal;
  private final FinalState.Judge judge;
  private Instant nextProgress;

  /**
   * A command that has not begun.
   *
   * @param time the clocks
   * @param out for the result
   * @param err for progress and problems
   * @param isTerminal whether a line of progress may be written over
   */
  public CheckCommand(TimeSource time, PrintStream out, PrintStream err, boolean isTerminal) {
    this(time, out, err, isTerminal, FinalState.Judge.NONE);
  }

  /** A command that has what each seed comes to judged as well. */
  CheckCommand(
      TimeSource time,
      PrintStream out,
      PrintStream err,
      boolean isTerminal,
      FinalState.Judge judge) {
    this.time = time;
    this.out = out;
    this.err = err;
    this.isTerminal = isTerminal;
    this.judge = judge;
    this.nextProgress = time.now();
  }

  /**
   * Runs the seeds.
   *
   * @param words after {@code simulate}
   * @return the exit code: 0 if nothing was found, 1 if something was, 2 for unusable options
   */
  public int run(List<String> words) {
    return switch (CheckOptions.parse(words)) {
      case CheckOptions.Outcome.Help() -> {
        out.print(CheckOptions.HELP);
        yield OK;
      }
      case CheckOptions.Outcome.Bad(var problems) -> {
        err.println("the check cannot start:");
        problems.forEach(problem -> err.println("  " + problem));
        yield UNUSABLE;
      }
      case CheckOptions.Outcome.Good(var options) ->
          options.trace().isPresent()
              ? trace(options.first(), options.trace().get())
              : series(options);
    };
  }

  private int trace(long seed, Path file) {
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        var lines = new PrintWriter(writer)) {
      var result = SeedRun.traced(seed, judge, line -> lines.print(line + "\n"));
      if (lines.checkError()) {
        throw new IOException("writing failed");
      }
      out.println("what happened is in " + file);
      return result.failures().isEmpty() ? passed(1, result.length()) : found(result, false);
    } catch (IOException unwritable) {
      err.println("--trace: " + file + " cannot be written: " + unwritable.getMessage());
      return UNUSABLE;
    }
  }

  private int series(CheckOptions options) {
    var began = time.now();
    nextProgress = began.plus(step());
    var series = new SeedSeries(options.first(), options.count(), judge);
    try {
      var threads = Runtime.getRuntime().availableProcessors();
      var outcome = series.run(threads, progress -> show(progress, began));
      endProgress();
      return outcome.failed().isEmpty()
          ? passed(outcome.done(), outcome.length())
          : found(outcome.failed().getFirst(), true);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return FOUND;
    }
  }

  private Duration step() {
    return isTerminal ? TERMINAL_STEP : PLAIN_STEP;
  }

  private void show(Progress progress, Instant began) {
    var now = time.now();
    if (now.isBefore(nextProgress)) {
      return;
    }
    nextProgress = now.plus(step());
    var spent = Duration.between(began, now);
    var left = spent.multipliedBy(progress.count() - progress.done()).dividedBy(progress.done());
    var line =
        "%,d of %,d seeds, %,d hours of cluster time, nothing found; about %s left"
            .formatted(
                progress.done(), progress.count(), progress.length().toHours(), minutes(left));
    if (isTerminal) {
      err.print("\r" + line + "   ");
      err.flush();
    } else {
      err.println(line);
    }
  }

  private static String minutes(Duration left) {
    return String.format(Locale.ROOT, "%d:%02d min", left.toMinutes(), left.toSecondsPart());
  }

  private void endProgress() {
    if (isTerminal) {
      err.println();
    }
  }

  private int passed(long seeds, Duration length) {
    out.printf(
        Locale.ROOT,
        "%,d %s, %,d hours of cluster time: nothing happened that must never happen.%n",
        seeds,
        seeds == 1 ? "seed" : "seeds",
        length.toHours());
    return OK;
  }

  private int found(Result result, boolean isReplayNamed) {
    out.printf(Locale.ROOT, "seed %d, after %s:%n", result.seed(), minutes(result.length()));
    result.failures().stream().limit(FAILURES_SHOWN).forEach(each -> out.println("  " + each));
    var more = result.failures().size() - FAILURES_SHOWN;
    if (more > 0) {
      out.println("  and " + more + " more");
    }
    if (isReplayNamed) {
      out.printf(
          Locale.ROOT,
          "See all that happened in it:%n"
              + "  node-lifecycle-controller simulate --check --first-seed=%d --seeds=1"
              + " --trace=seed-%d.txt%n",
          result.seed(),
          result.seed());
    }
    return FOUND;
  }
}
