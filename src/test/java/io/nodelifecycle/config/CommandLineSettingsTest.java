package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class CommandLineSettingsTest {

  @Test
  void startsWithTheDefaults() {
    var settings = CommandLines.settings();

    assertThat(settings.health())
        .isEqualTo(
            new Settings.Health(
                Duration.ofSeconds(5), Duration.ofSeconds(50), Duration.ofSeconds(60)));
    assertThat(settings.zones()).isEqualTo(new Settings.Zones(0.1, 0.01, 50, 0.55));
    assertThat(settings.eviction()).isEqualTo(new Settings.Eviction(Duration.ofMinutes(5)));
    assertThat(settings.mode())
        .extracting(OperatingMode::hasNodeLifecycle, OperatingMode::hasTaintEviction)
        .containsExactly(true, true);
    assertThat(settings.gates())
        .isEqualTo(new Settings.Gates(true, true, true, false, true, true, true));
    assertThat(settings.cluster())
        .isEqualTo(
            new Settings.Cluster(
                new ClusterAccess.Anonymous(URI.create(CommandLines.ADDRESS)), 20, 30, "json"));
    assertThat(settings.leaderElection())
        .isEqualTo(
            new Settings.LeaderElection(
                false,
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                "node-lifecycle-controller",
                "kube-system"));
    assertThat(settings.logging())
        .isEqualTo(new Settings.Logging(2, LogFormat.TEXT, Optional.empty()));
  }

  @Test
  void startsWithoutAPortByDefault() {
    var tenSeconds = Duration.ofSeconds(10);

    assertThat(CommandLines.settings().serving())
        .isEqualTo(
            new Settings.Serving(
                "0.0.0.0",
                0,
                Optional.empty(),
                Optional.empty(),
                new Settings.Authentication(
                    Optional.empty(), Optional.empty(), false, false, tenSeconds),
                new Settings.Authorization(
                    Optional.empty(),
                    List.of("/healthz", "/readyz", "/livez"),
                    tenSeconds,
                    tenSeconds)));
  }

  @Test
  void everyFlagReachesItsOwnPlace() {
    var settings =
        CommandLines.settings(
            "--node-monitor-period=1s",
            "--node-monitor-grace-period=52s",
            "--node-startup-grace-period=53s",
            "--node-eviction-rate=0.4",
            "--secondary-node-eviction-rate=0.05",
            "--large-cluster-size-threshold=6",
            "--unhealthy-zone-threshold=0.7",
            "--pod-eviction-timeout=8s",
            "--kube-api-qps=9",
            "--kube-api-burst=10",
            "--leader-elect-lease-duration=33s",
            "--leader-elect-renew-deadline=22s",
            "--leader-elect-retry-period=11s",
            "--leader-elect-resource-name=name",
            "--leader-elect-resource-namespace=space",
            "-v=7",
            "--log-format=json",
            "--log-dir=logs");

    assertThat(settings.health())
        .isEqualTo(
            new Settings.Health(
                Duration.ofSeconds(1), Duration.ofSeconds(52), Duration.ofSeconds(53)));
    assertThat(settings.zones()).isEqualTo(new Settings.Zones(0.4, 0.05, 6, 0.7));
    assertThat(settings.eviction().podEvictionTimeout()).isEqualTo(Duration.ofSeconds(8));
    assertThat(settings.cluster().qps()).isEqualTo(9);
    assertThat(settings.cluster().burst()).isEqualTo(10);
    assertThat(settings.leaderElection())
        .isEqualTo(
            new Settings.LeaderElection(
                false,
                Duration.ofSeconds(33),
                Duration.ofSeconds(22),
                Duration.ofSeconds(11),
                "name",
                "space"));
    assertThat(settings.logging())
        .isEqualTo(new Settings.Logging(7, LogFormat.JSON, Optional.of(Path.of("logs"))));
  }

  @Test
  void everyFlagOfThePortReachesItsOwnPlace() {
    var settings =
        CommandLines.settings(
            "--bind-address=127.0.0.1",
            "--tls-cert-file=a",
            "--tls-private-key-file=b",
            "--client-ca-file=c",
            "--authentication-kubeconfig=d",
            "--authentication-skip-lookup",
            "--authentication-token-webhook-cache-ttl=1s",
            "--authorization-kubeconfig=e",
            "--authorization-always-allow-paths=/f,/g",
            "--authorization-webhook-cache-authorized-ttl=2s",
            "--authorization-webhook-cache-unauthorized-ttl=3s");

    assertThat(settings.serving())
        .isEqualTo(
            new Settings.Serving(
                "127.0.0.1",
                0,
                Optional.of(Path.of("a")),
                Optional.of(Path.of("b")),
                new Settings.Authentication(
                    Optional.of(Path.of("c")),
                    Optional.of(Path.of("d")),
                    true,
                    false,
                    Duration.ofSeconds(1)),
                new Settings.Authorization(
                    Optional.of(Path.of("e")),
                    List.of("/f", "/g"),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3))));
  }

  @ParameterizedTest(name = "{0}: level {1}")
  @CsvSource({
    "-v=3, 3",
    "-v 4, 4",
    "-v5, 5",
    "--v=6, 6",
    "--v 7, 7",
    "-v10, 10",
    "-v=1 -v=8, 8",
    "-v 8 --v=1, 1",
  })
  void takesVerbosityInEverySpelling(String arguments, int verbosity) {
    var settings = CommandLines.settings(arguments.split(" ", -1));

    assertThat(settings.logging().verbosity()).isEqualTo(verbosity);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "--node-monitor-period=3s, 3s",
    "--node-monitor-period 4s, 4s",
    "--node_monitor_period=6s, 6s",
    "--node-monitor-period=0.5m, 30s",
    "--node-monitor-period=7s --node-monitor-period=8s, 8s",
  })
  void takesValuesInEverySpelling(String arguments, String shown) {
    var run =
        CommandLines.run(
            new MemoryFiles(), (arguments + " --node-monitor-grace-period=2m").split(" ", -1));

    assertThat(run.table().record().get("node-monitor-period"))
        .isEqualTo(Map.of("value", shown, "default", "5s", "source", "flag"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "--authentication-skip-lookup, true",
    "--authentication-skip-lookup=true, true",
    "--authentication-skip-lookup=1, true",
    "--authentication-skip-lookup=false, false",
    "--authentication-skip-lookup=F, false",
    "--authentication-skip-lookup --authentication-skip-lookup=false, false",
  })
  void takesSwitchesInEverySpelling(String arguments, boolean isOn) {
    var settings = CommandLines.settings(arguments.split(" ", -1));

    assertThat(settings.serving().authentication().isLookupSkipped()).isEqualTo(isOn);
  }

  @Test
  void takesValuesAsTheyStand() {
    var settings =
        CommandLines.settings("--log-dir=\"${sys:user.name} @x\"", "--context=", "--v=2");

    assertThat(settings.logging().folder()).contains(Path.of("\"${sys:user.name} @x\""));
  }

  static List<Arguments> refusedArguments() {
    return List.of(
        argumentSet(
            "unknown flag with a value",
            words("--node-monitor-perid=5s"),
            List.of(
                "--node-monitor-perid: is no known flag (did you mean --node-monitor-period?);"
                    + " correct it or leave it out (--help lists all flags)")),
        argumentSet(
            "unknown flag and its value count as one problem",
            words("--profiling yes"),
            List.of(
                "--profiling: is no known flag; correct it or leave it out"
                    + " (--help lists all flags)")),
        argumentSet(
            "abbreviated flag",
            words("--node-st=5s"),
            List.of(
                "--node-st: is no known flag (did you mean --node-startup-grace-period?);"
                    + " correct it or leave it out (--help lists all flags)")),
        argumentSet(
            "one hyphen too few",
            words("-kubeconfig=x"),
            List.of(
                "-kubeconfig: is no known flag (did you mean --kubeconfig?);"
                    + " correct it or leave it out (--help lists all flags)")),
        argumentSet(
            "a letter more is not a verbosity",
            words("-version"),
            List.of(
                "-version: is no known flag (did you mean --version?);"
                    + " correct it or leave it out (--help lists all flags)")),
        argumentSet(
            "no value at the end",
            words("--kubeconfig"),
            List.of("--kubeconfig: has no value; write --kubeconfig=FILE")),
        argumentSet(
            "no value before the next flag",
            words("--kubeconfig -v=3"),
            List.of("--kubeconfig: has no value; write --kubeconfig=FILE")));
  }

  static List<Arguments> refusedWords() {
    return List.of(
        argumentSet(
            "value of a switch set apart",
            words("--authentication-skip-lookup false"),
            List.of(
                "\"false\": does not belong to --authentication-skip-lookup, which is a switch;"
                    + " write --authentication-skip-lookup=false")),
        argumentSet(
            "stray word",
            words("-v=3 extra"),
            List.of("\"extra\": belongs to no flag; write --flag=value, or leave the word out")),
        argumentSet(
            "file of arguments",
            words("@arguments"),
            List.of(
                "\"@arguments\": belongs to no flag; write --flag=value, or leave the word out")),
        argumentSet(
            "command in the wrong place",
            words("sandbox"),
            List.of("\"sandbox\": is a command in the wrong place; write it first")),
        argumentSet(
            "flag after the end of flags",
            words("-- -v=3"),
            List.of("-v: comes after --, where the flags end; write it before the --")),
        argumentSet(
            "a value that begins with a hyphen is a value",
            words("--node-eviction-rate -1"),
            List.of(
                "--node-eviction-rate=-1: must not be negative;"
                    + " give 0 to stop, or a number such as 0.1")),
        argumentSet(
            "also a value that does not count in the end",
            words("-v=x -v=3"),
            List.of("-v=x: is not a whole number in decimal digits; give a number from 0 to 10")));
  }

  @ParameterizedTest
  @MethodSource({"refusedArguments", "refusedWords"})
  void refuses(List<String> arguments, List<String> problems) {
    assertThat(CommandLines.problems(arguments.toArray(String[]::new)))
        .containsExactlyElementsOf(problems);
  }

  @Test
  void refusesEverythingInOneGo() {
    var outcome =
        CommandLines.parse(
            new MemoryFiles().with("c.yaml", "node-eviction-rate: x\nnope: 1\n"),
            words("sandbx --oops -v=99 --config=c.yaml"));

    assertThat(outcome)
        .isEqualTo(
            new ParseOutcome.Refused(
                List.of(
                    new Problem(
                        "\"sandbx\"",
                        "is no known command (did you mean sandbox?)",
                        "begin with a flag (--help lists them), or one of: sandbox, simulate"),
                    new Problem(
                        "--oops",
                        "is no known flag",
                        "correct it or leave it out (--help lists all flags)"),
                    new Problem(
                        "c.yaml:2: nope",
                        "is no known setting",
                        "correct it or remove the line (--help lists all settings)"),
                    new Problem("-v=99", "is outside 0..10", "give a number from 0 to 10"),
                    new Problem(
                        "c.yaml:1: node-eviction-rate: x",
                        "is not a number",
                        "give a number such as 0.1"),
                    new Problem(
                        "--kubeconfig (not given)",
                        "no access to a cluster found: not in a cluster"
                            + " ($KUBERNETES_SERVICE_HOST is not set), $KUBECONFIG is not set,"
                            + " $HOME is not set",
                        "name one with --kubeconfig=FILE"))));
  }

  @Test
  void writesOneProblemALine() {
    var refused =
        new ParseOutcome.Refused(
            List.of(new Problem("a", "is b", "do c"), new Problem("d", "is e", "do f")));

    assertThat(refused.text())
        .isEqualTo("node-lifecycle-controller cannot start:\n  a: is b; do c\n  d: is e; do f\n");
  }

  static Stream<Arguments> helpArguments() {
    return Stream.of("--help", "-h", "--help --unknown -v=x", "--version=false --help=true")
        .map(text -> argumentSet(text, words(text)));
  }

  @ParameterizedTest
  @MethodSource("helpArguments")
  void helpsWhateverElseIsWrong(List<String> arguments) {
    assertThat(CommandLines.parse(new MemoryFiles(), arguments))
        .isEqualTo(new ParseOutcome.Help(HelpText.of(CommandLines.SUBCOMMANDS)));
  }

  @Test
  void tellsItsVersion() {
    assertThat(CommandLines.parse(new MemoryFiles(), List.of("--version", "stray")))
        .isEqualTo(new ParseOutcome.Help("node-lifecycle-controller 1.2.3\n"));
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.split(" ", -1));
  }
}
