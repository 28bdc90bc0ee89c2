package io.nodelifecycle.simulate.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.simulate.check.CheckOptions.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check does about a seed that fails, here for a rule that one seed's end breaks. */
final class CheckCommandTest {
  private static final long BAD_SEED = 7;
  private static final String RULE = "nothing may end like this";

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Objects to the end of one seed, as often as it comes to it. */
  private static FinalState.Judge judge() {
    List<FinalState> ends = new ArrayList<>();
    var before =
        SeedRun.run(
            BAD_SEED,
            end -> {
              ends.add(end);
              return List.of();
            });
    assertThat(before.failures()).isEmpty();
    var bad = ends.getFirst();
    return end -> end.equals(bad) ? List.of(RULE) : List.of();
  }

  @Test
  void theFirstSeedThatFailsIsTheLastOne() throws InterruptedException {
    var judge = judge();
    var judged = new AtomicInteger();
    List<Long> told = new ArrayList<>();
    var series =
        new SeedSeries(
            BAD_SEED - 2,
            40,
            end -> {
              judged.incrementAndGet();
              return judge.differences(end);
            });
    var outcome = series.run(1, progress -> told.add(progress.done()));
    assertThat(outcome.done()).isEqualTo(3);
    assertThat(outcome.failed())
        .singleElement()
        .satisfies(failed -> assertThat(failed.seed()).isEqualTo(BAD_SEED))
        .satisfies(failed -> assertThat(failed.failures()).containsExactly(RULE));
    assertThat(told).containsExactly(1L, 2L, 3L);
    assertThat(judged).as("a few may be under way already").hasValueLessThan(10);
  }

  @Test
  void aSeedThatFailsIsNamedWithTheCommandThatReplaysIt() throws IOException {
    var judge = judge();
    assertThat(run(judge, "--check", "--first-seed=6", "--seeds=40")).isEqualTo(1);
    assertThat(text(out)).startsWith("seed 7, after ").contains("\n  " + RULE + "\n");
    assertThat(text(err)).isEmpty();

    var replay = replay(text(out));
    var trace = folder.resolve("seed-7.txt");
    assertThat(CheckOptions.parse(replay))
        .isEqualTo(
            new Outcome.Good(new CheckOptions(BAD_SEED, 1, Optional.of(Path.of("seed-7.txt")))));

    out.reset();
    assertThat(run(judge, inFolder(replay))).isEqualTo(1);
    assertThat(text(out)).contains("seed 7, after ").contains("\n  " + RULE + "\n");
    assertThat(Files.readAllLines(trace))
        .hasSizeGreaterThan(100)
        .last()
        .isEqualTo("\t\tVIOLATION\t" + RULE);
  }

  @Test
  void aSeedThatBreaksTheProgramFailsAndCanBeReplayed() {
    FinalState.Judge broken =
        _ -> {
          throw new IllegalStateException("two and two is five");
        };
    assertThat(run(broken, "--check", "--first-seed=3", "--seeds=2")).isEqualTo(1);
    var what = "  broken: java.lang.IllegalStateException: two and two is five at ";
    assertThat(text(out)).startsWith("seed 3, after ").contains(what);
    var replay = inFolder(replay(text(out)));

    out.reset();
    assertThat(run(broken, replay)).isEqualTo(1);
    assertThat(text(out)).contains("seed 3, after ").contains(what);
    assertThat(folder.resolve("seed-3.txt")).content().contains("VIOLATION\tbroken: ");
  }

  @Test
  void seedsThatAreWellGiveZeroAndNoCommand() {
    assertThat(run(FinalState.Judge.NONE, "--check", "--first-seed=3", "--seeds=2")).isZero();
    assertThat(text(out)).startsWith("2 seeds, ").doesNotContain("--first-seed");
  }

  private int run(FinalState.Judge judge, String... words) {
    return new CheckCommand(new SystemTime(), stream(out), stream(err), false, judge)
        .run(List.of(words));
  }

  /** The words after {@code simulate} of the command that is printed. */
  private static List<String> replay(String output) {
    var prefix = "  node-lifecycle-controller simulate ";
    var command = output.lines().filter(line -> line.startsWith(prefix)).toList();
    assertThat(command).hasSize(1);
    return List.of(command.getFirst().substring(prefix.length()).split(" ", -1));
  }

  private String[] inFolder(List<String> words) {
    return words.stream()
        .map(word -> word.replace("--trace=", "--trace=" + folder + "/"))
        .toArray(String[]::new);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
