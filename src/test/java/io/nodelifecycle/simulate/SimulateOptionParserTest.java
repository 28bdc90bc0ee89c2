package io.nodelifecycle.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.simulate.SimulateOptionParser.Outcome;
import io.nodelifecycle.simulate.plan.OutageOption;
import io.nodelifecycle.simulate.plan.OutageOption.What;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimulateOptionParserTest {
  @Test
  void readsEveryOption() {
    var options =
        good(
            "--nodes=40",
            "--zones",
            "4",
            "--pods-per-node=7",
            "--story=s.yaml",
            "--length=2h",
            "--seed=-7",
            "--heartbeat-interval=5s",
            "--timeline=all",
            "--report=r.html",
            "--json=r.json",
            "--compare=--node-eviction-rate=1",
            "--compare=-v=2");
    assertThat(options.cluster().nodes()).isEqualTo(OptionalInt.of(40));
    assertThat(options.cluster().zones()).isEqualTo(OptionalInt.of(4));
    assertThat(options.cluster().podsPerNode()).isEqualTo(OptionalInt.of(7));
    assertThat(options.outage().story()).contains(Path.of("s.yaml"));
    assertThat(options.outage().length()).contains(Duration.ofHours(2));
    assertThat(options.outage().seed()).isEqualTo(-7);
    assertThat(options.heartbeatInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.output().isTimelineFolded()).isFalse();
    assertThat(options.output().report()).contains(Path.of("r.html"));
    assertThat(options.output().json()).contains(new SimulateOptions.Json.File(Path.of("r.json")));
    assertThat(options.comparisons()).containsExactly("--node-eviction-rate=1", "-v=2");
  }

  @Test
  void hasDefaultsForEverything() {
    var options = good();
    assertThat(options.cluster().nodes()).isEqualTo(OptionalInt.empty());
    assertThat(options.outage().length()).isEmpty();
    assertThat(options.outage().seed()).isEqualTo(1);
    assertThat(options.heartbeatInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.output().isTimelineFolded()).isTrue();
    assertThat(options.output().isJsonOnStandardOutput()).isFalse();
  }

  @Test
  void keepsTheOrderOfTheOutage() {
    var events =
        good(
                "--kill-zone=b@1m",
                "--heal@2m",
                "--kill-nodes",
                "3@3m",
                "--heal=b@4m",
                "--api-down=1s@5m")
            .outage()
            .events();
    assertThat(events)
        .containsExactly(
            new OutageOption(What.KILL_ZONE, "b@1m"),
            new OutageOption(What.HEAL, "@2m"),
            new OutageOption(What.KILL_NODES, "3@3m"),
            new OutageOption(What.HEAL, "b@4m"),
            new OutageOption(What.API_DOWN, "1s@5m"));
  }

  @Test
  void passesFlagsOfTheControllerOnAsTheyAre() {
    var options =
        good(
            "--node-eviction-rate",
            "1",
            "--enable-taint-manager=false",
            "-v2",
            "--from-cluster",
            "--kubeconfig",
            "k",
            "--context=c");
    assertThat(options.flags())
        .containsExactly("--node-eviction-rate", "1", "--enable-taint-manager=false", "-v2");
    assertThat(options.cluster().access()).containsExactly("--kubeconfig", "k", "--context=c");
    assertThat(options.cluster().isLive()).isTrue();
  }

  @Test
  void jsonCanGoToStandardOutput() {
    assertThat(good("--json=-").output().isJsonOnStandardOutput()).isTrue();
    assertThat(good("--json=x").output().isJsonOnStandardOutput()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --nodes=0                         | is no whole number from 1 to 10000
          --nodes=1                         | accepted
          --nodes=10000                     | accepted
          --nodes=10001                     | is no whole number from 1 to 10000
          --nodes=many                      | is no whole number
          --zones=0                         | is no whole number from 1 to 26
          --zones=26                        | accepted
          --zones=27                        | is no whole number from 1 to 26
          --nodes=2 --zones=2               | accepted
          --nodes=2 --zones=3               | more zones than nodes
          --pods-per-node=-1                | is no whole number from 0 to 110
          --pods-per-node=0                 | accepted
          --pods-per-node=110               | accepted
          --pods-per-node=111               | is no whole number from 0 to 110
          --length=0s                       | is not between 1s and 168h0m0s
          --length=1s                       | accepted
          --length=168h                     | accepted
          --length=168h1s                   | is not between
          --length=-5m                      | is not between
          --length=5                        | duration without a unit
          --seed=x                          | is no whole number
          --heartbeat-interval=999ms        | is not between 1s and 1h0m0s
          --heartbeat-interval=1h           | accepted
          --timeline=long                   | is neither short nor all
          --snapshot=a --snapshot=b         | accepted
          --snapshot=a --nodes=3            | is about a made-up cluster
          --snapshot=a --from-cluster       | comes from --snapshot already
          --from-cluster --zones=3          | is about a made-up cluster
          --kubeconfig=k                    | add --from-cluster
          --report=a --json=a               | is the file of --report
          --report=                         | is no path
          --seed=1 --seed=2                 | is given twice
          --story                           | has no value
          --from-cluster=maybe              | is a switch
          --kill-zoen=b@1m                  | did you mean --kill-zone?
          --node-eviction-rat=1             | did you mean --node-eviction-rate?
          --frobnicate 7                    | is no option of the simulation
          word                              | belongs to no option
          --compare=                        | names no flags
          --compare=--seed=3                | is no flag of the controller
          --compare=--kill-zone=a@1m        | is no flag of the controller
          """)
  void refusesWhatMakesNoSense(String arguments, String what) {
    switch (SimulateOptionParser.parse(List.of(arguments.split(" +", -1)))) {
      case Outcome.Run _ -> assertThat(what).isEqualTo("accepted");
      case Outcome.Refused(var problems, _) ->
          assertThat(problems).singleElement().asString().contains(what);
      case Outcome.Help _ -> assertThat(what).isEqualTo("help");
    }
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    var outcome = SimulateOptionParser.parse(List.of("--nodes=0", "--prot=1", "--seed=x", "word"));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.problems()).hasSize(4));
  }

  @Test
  void helpWinsOverProblems() {
    assertThat(SimulateOptionParser.parse(List.of("--nodes=0", "--help")))
        .isEqualTo(new Outcome.Help());
  }

  @Test
  void theHelpNamesEveryOption() {
    assertThat(SimulateOptionParser.names())
        .allSatisfy(name -> assertThat(SimulateHelp.TEXT).contains(name));
  }

  private static SimulateOptions good(String... arguments) {
    return switch (SimulateOptionParser.parse(List.of(arguments))) {
      case Outcome.Run(var options) -> options;
      case Outcome.Refused(var problems, _) -> throw new AssertionError(problems);
      case Outcome.Help _ -> throw new AssertionError("help");
    };
  }
}
