package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigFileTest {
  private static final String EXAMPLE = "; write settings such as node-monitor-period: 5s";

  @Test
  void setsWhatTheFlagsSet() {
    var run =
        CommandLines.fileRun(
            """
            # comment
            node-monitor-period: 3s
            node-eviction-rate: 0.5
            large-cluster-size-threshold: 7
            authentication-skip-lookup: true
            context: ""
            v: "4"
            authorization-always-allow-paths: ["/a", /b]
            controllers:
              - "*"
              - -taint-eviction-controller
            feature-gates:
              PodDisruptionConditions: false
              TaintTolerationComparisonOperators: "true"
            """);

    var settings = run.settings();
    assertThat(settings.health().monitorPeriod()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.zones().evictionRate()).isEqualTo(0.5);
    assertThat(settings.zones().largeZoneThreshold()).isEqualTo(7);
    assertThat(settings.serving().authentication().isLookupSkipped()).isTrue();
    assertThat(settings.serving().authorization().alwaysAllowedPaths()).containsExactly("/a", "/b");
    assertThat(settings.logging().verbosity()).isEqualTo(4);
    assertThat(settings.mode())
        .extracting(OperatingMode::hasNodeLifecycle, OperatingMode::hasTaintEviction)
        .containsExactly(true, false);
    assertThat(settings.gates())
        .isEqualTo(new Settings.Gates(true, true, false, true, true, true, true));
  }

  @Test
  void takesListsAsTextToo() {
    var settings =
        CommandLines.fileRun(
                """
                controllers: "*,-nodelifecycle"
                feature-gates: TaintNodesByCondition=false,PodDisruptionConditions=false
                """)
            .settings();

    assertThat(settings.mode())
        .extracting(OperatingMode::hasNodeLifecycle, OperatingMode::hasTaintEviction)
        .containsExactly(false, true);
    assertThat(settings.gates())
        .isEqualTo(new Settings.Gates(true, false, false, false, true, true, true));
  }

  @Test
  void yieldsToFlagsButEachGateByItself() {
    var settings =
        CommandLines.fileRun(
                """
                node-monitor-period: 3s
                secure-port: 443
                controllers: [nodelifecycle]
                feature-gates: {PodDisruptionConditions: false, TaintNodesByCondition: false}
                """,
                "--node-monitor-period=4s",
                "--controllers=taint-eviction-controller",
                "--feature-gates=PodDisruptionConditions=true")
            .settings();

    assertThat(settings.health().monitorPeriod()).isEqualTo(Duration.ofSeconds(4));
    assertThat(settings.mode())
        .extracting(OperatingMode::hasNodeLifecycle, OperatingMode::hasTaintEviction)
        .containsExactly(false, true);
    assertThat(settings.gates())
        .isEqualTo(new Settings.Gates(true, false, true, false, true, true, true));
  }

  static List<Arguments> refusedFiles() {
    return List.of(
        argumentSet("empty", "", "c.yaml: is empty" + EXAMPLE),
        argumentSet("only a comment", "# a\n", "c.yaml: is empty" + EXAMPLE),
        argumentSet("null", "---\nnull\n", "c.yaml:2: is empty" + EXAMPLE),
        argumentSet("list", "\n- a\n", "c.yaml:2: is not a mapping of settings" + EXAMPLE),
        argumentSet("text", "v 4\n", "c.yaml:1: is not a mapping of settings" + EXAMPLE),
        argumentSet(
            "unknown key",
            "v: 4\nlog-fromat: text\n",
            "c.yaml:2: log-fromat: is no known setting (did you mean log-format?);"
                + " correct it or remove the line (--help lists all settings)"),
        argumentSet(
            "camel case",
            "nodeMonitorPeriod: 5s\n",
            "c.yaml:1: nodeMonitorPeriod: is no known setting (did you mean node-monitor-period?);"
                + " correct it or remove the line (--help lists all settings)"),
        argumentSet(
            "hyphens in front",
            "--v: 4\n",
            "c.yaml:1: --v: is no known setting;"
                + " correct it or remove the line (--help lists all settings)"),
        argumentSet(
            "only on the command line",
            "config: other.yaml\n",
            "c.yaml:1: config: works on the command line only; remove the line, use --config"),
        argumentSet(
            "same key twice",
            "v: 4\n\nv: 4\n",
            "c.yaml:3: v: is there already, in line 1; remove one of the two"),
        argumentSet(
            "same gate twice",
            "feature-gates:\n  PodDisruptionConditions: true\n  PodDisruptionConditions: true\n",
            "c.yaml:3: PodDisruptionConditions: is there already, in line 2;"
                + " remove one of the two"));
  }

  static List<Arguments> refusedValues() {
    return List.of(
        argumentSet(
            "bad value",
            "\n\nnode-monitor-period: 5\n",
            "c.yaml:3: node-monitor-period: 5: is a duration without a unit;"
                + " give a duration such as 5s, 1m30s or 100ms"),
        argumentSet(
            "infinite",
            "node-eviction-rate: .inf\n",
            "c.yaml:1: node-eviction-rate: .inf: is not a finite number;"
                + " give a number such as 0.1"),
        argumentSet(
            "yes is not true",
            "authentication-skip-lookup: yes\n",
            "c.yaml:1: authentication-skip-lookup: yes: is neither true nor false;"
                + " give true or false"),
        argumentSet(
            "bad gate in its own line",
            "feature-gates:\n  TaintNodesByCondition: true\n  PodDisruptionConditions: 7\n",
            "c.yaml:3: feature-gates: PodDisruptionConditions=7: is neither true nor false;"
                + " give true or false"),
        argumentSet(
            "no value",
            "v:\n",
            "c.yaml:1: v: has no value; give a value, or remove the line for the default"),
        argumentSet(
            "tilde",
            "kubeconfig: ~\n",
            "c.yaml:1: kubeconfig: has no value; give a value, or remove the line for the default"),
        argumentSet(
            "list for one value",
            "v: [4]\n",
            "c.yaml:1: v: has a list as value;" + " give one value: level, 0 (least) to 10 (most)"),
        argumentSet(
            "mapping for one value",
            "v: {a: 4}\n",
            "c.yaml:1: v: has a mapping as value;"
                + " give one value: level, 0 (least) to 10 (most)"));
  }

  static List<Arguments> refusedShapes() {
    return List.of(
        argumentSet(
            "mapping for a list",
            "authorization-always-allow-paths: {a: b}\n",
            "c.yaml:1: authorization-always-allow-paths: has a mapping as value;"
                + " give a list or one text: list of paths"),
        argumentSet(
            "list for gates",
            "feature-gates: [PodDisruptionConditions=true]\n",
            "c.yaml:1: feature-gates: has a list as value; give a mapping or one text:"
                + " list of gates, each with true or false"),
        argumentSet(
            "list in a list",
            "authorization-always-allow-paths:\n- [/a]\n",
            "c.yaml:1: authorization-always-allow-paths: has a list as value;"
                + " give a list or one text: list of paths"),
        argumentSet(
            "key that is a list",
            "? [a]\n: b\n",
            "c.yaml:1: has a key that is not a plain word" + EXAMPLE),
        argumentSet("tag", "v: !mine 4\n", "c.yaml:1: v: has a tag of its own; remove !mine"),
        argumentSet(
            "list that contains itself",
            "controllers: &a [*a]\n",
            "c.yaml:1: controllers: has a list as value; give a list or one text: "
                + SettingRegistry.CONTROLLERS.type().values()),
        argumentSet(
            "nested too deep", "v: " + "[".repeat(100_000), "c.yaml: is nested too deep" + EXAMPLE),
        argumentSet(
            "all off",
            "controllers: []\n",
            "--controllers=: switches every controller off (c.yaml:1); leave one on: *, or"
                + " node-lifecycle-controller or taint-eviction-controller"));
  }

  @ParameterizedTest
  @MethodSource({"refusedFiles", "refusedValues", "refusedShapes"})
  void refuses(String yaml, String problem) {
    assertThat(CommandLines.fileProblems(yaml)).containsExactly(problem);
  }

  static List<Arguments> brokenFiles() {
    return List.of(
        argumentSet("tab", "v: 4\n\tlog-format: text\n", 2, "use spaces instead of tabs"),
        argumentSet("asterisk", "v: 4\ncontrollers: *\n", 2, "put the asterisk into quotes: \"*\""),
        argumentSet("unclosed", "v: 4\ncontext: \"a\n", 3, "correct the YAML there"),
        argumentSet("two documents", "v: 4\n---\nv: 5\n", 2, "correct the YAML there"),
        argumentSet("control character", "v: 4\ncontext: \u0001\n", 2, "correct the YAML there"),
        argumentSet("unknown anchor", "\n\nv: *a\n", 3, "put the asterisk into quotes: \"*\""));
  }

  @ParameterizedTest
  @MethodSource("brokenFiles")
  void namesTheLineThatIsNotYaml(String yaml, int line, String remedy) {
    assertThat(CommandLines.fileProblems(yaml))
        .singleElement()
        .asString()
        .startsWith("c.yaml:" + line + ": is not YAML: ")
        .endsWith("; " + remedy)
        .doesNotContain("\n");
  }

  @Test
  void mayBeginWithAByteOrderMark() {
    assertThat(CommandLines.fileRun("\ufeffv: 5\n").settings().logging().verbosity()).isEqualTo(5);
  }

  @Test
  void mustBeThere() {
    assertThat(CommandLines.problems("--config=gone.yaml"))
        .containsExactly("--config=gone.yaml: does not exist; name a readable YAML file");
  }

  @Test
  void mustBeReadable() {
    FileSource files =
        new FileSource() {
          @Override
          public Optional<String> obstacle(Path file) {
            return Optional.empty();
          }

          @Override
          public String read(Path file) throws IOException {
            throw new IOException("broken disk");
          }
        };

    assertThat(CommandLines.start(files, "--config=c.yaml"))
        .isEqualTo(
            new ParseOutcome.Refused(
                List.of(
                    new Problem(
                        "--config=c.yaml",
                        "cannot be read: broken disk",
                        "name a readable YAML file"))));
  }
}
