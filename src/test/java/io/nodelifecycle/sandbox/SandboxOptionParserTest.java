package io.nodelifecycle.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SandboxOptionParserTest {
  @Test
  void readsEveryOption() {
    var options =
        parse(
            "--keep-running", "--nodes=40", "--zones", "4", "--port=8001", "--plain", "--story=s");
    assertThat(options.problems()).isEmpty();
    var read = options.options().orElseThrow();
    assertThat(read.isKeptRunning()).isTrue();
    assertThat(read.isPlain()).isTrue();
    assertThat(read.scale().nodes()).isEqualTo(OptionalInt.of(40));
    assertThat(read.scale().zones()).isEqualTo(OptionalInt.of(4));
    assertThat(read.scale().podsPerNode()).isEqualTo(OptionalInt.empty());
    assertThat(read.port()).isEqualTo(8001);
    assertThat(read.story()).contains(Path.of("s"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --nodes=6           | accepted
          --nodes=5           | needs at least 2 in each of the 3 zones
          --nodes=5000        | accepted
          --nodes=5001        | is no whole number from 1 to 5000
          --nodes=many        | is no whole number
          --zones=3           | accepted
          --zones=2           | needs at least 3
          --zones=26          | accepted
          --zones=27          | is no whole number from 1 to 26
          --pods-per-node=5   | accepted
          --pods-per-node=4   | its 5 kinds of pods
          --pods-per-node=110 | accepted
          --pods-per-node=111 | is no whole number from 0 to 110
          --port=0            | accepted
          --port=65535        | accepted
          --port=65536        | is no whole number from 0 to 65535
          --port=-1           | is no whole number from 0 to 65535
          --node=12           | did you mean --nodes?
          --keep-runing       | did you mean --keep-running?
          word                | is no option of the sandbox
          --nodes             | Missing required parameter
          """)
  void refusesWhatCannotBePlayed(String argument, String what) {
    var outcome = parse(argument);
    if (what.equals("accepted")) {
      assertThat(outcome.problems()).isEmpty();
    } else {
      assertThat(outcome.options()).isEmpty();
      assertThat(outcome.problems()).hasSize(1);
      assertThat(outcome.problems().getFirst()).contains(what);
    }
  }

  @Test
  void reportsAllProblemsAtOnce() {
    assertThat(parse("--nodes=x", "--prot=1", "--zones=99").problems()).hasSize(3);
  }

  @Test
  void helpWinsOverProblems() {
    assertThat(parse("--help", "--nodes=x").options().orElseThrow().isHelpWanted()).isTrue();
  }

  private static SandboxOptionParser.Outcome parse(String... arguments) {
    return SandboxOptionParser.parse(List.of(arguments));
  }
}
