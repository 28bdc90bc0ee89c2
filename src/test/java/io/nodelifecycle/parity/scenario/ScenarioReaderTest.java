package io.nodelifecycle.parity.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.nodelifecycle.parity.scenario.Action.StartController;
import io.nodelifecycle.parity.scenario.Action.StopController;
import io.nodelifecycle.parity.scenario.ScenarioOutcome.Bad;
import io.nodelifecycle.parity.scenario.ScenarioOutcome.Good;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ScenarioReaderTest {
  private static final String HEAD =
      """
      about: Something happens.
      spec: ["2"]
      nodes:
        - {name: a1..a3}
      pods:
        - {name: p, node: a1}
      """;

  /** Lines after the head: what begins at line 7. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        row("unknown key", "tempo: fast", "7: tempo: is no known field; known here: about,"),
        row("misspelt key", "flag: {}", "7: flag: is no known field (did you mean flags?)"),
        row("key twice", "about: Again.", "1: has \"about\" twice"),
        row("flag with dashes", "flags: {--v: 3}", "7: flags.--v: \"--v\" is no name of a flag"),
        row("flag without value", "flags: {v: []}", "7: flags.v: is not a text"),
        row("flags no mapping", "flags: 3", "7: flags: is not a mapping (key: value)"),
        row("object without name", "objects: [{path: /api/v1/x, body: {}}]", "metadata.name"),
        row(
            "object at no path",
            "objects: [{path: x, body: {metadata: {name: n}}}]",
            "\"x\" is no path of the API"),
        row("wrong type", "differences: 3", "7: differences: is not a list"),
        row("no section", diff("why: w, only: program"), "has no section"),
        row("unknown section", diff("section: 12, why: w, only: program"), "\"12\" is no section"),
        row("unknown point", diff("section: 11.19, why: w, only: program"), "\"11.19\" is no"),
        row("no reason", diff("section: 2, only: program"), "7: differences[0]: has no why"),
        row("no kind", diff("section: 2, why: w"), "exactly one of only, earlier and later"),
        row("two kinds", diff("section: 2, why: w, only: program, later: 1s"), "exactly one of"),
        row("no side", diff("section: 2, why: w, only: us"), "\"us\" is none of reference"),
        row("pattern", diff("section: 2, why: w, later: 1s, name: ("), "no regular expression"),
        row("bounds", diff("section: 2, why: w, later: 1s, at-least: 3, at-most: 2"), "at-most"));
  }

  /** Steps of the timeline, which begin at line 8. */
  static Stream<Arguments> stepMistakes() {
    return Stream.of(
        row("unknown action", "at: 3s, explode: a1", "8: timeline[0].explode: is no known action"),
        row("misspelt action", "at: 3s, cordn: a1", "(did you mean cordon?)"),
        row("no action", "at: 3s", "8: timeline[0]: has 0 actions beside at, want one"),
        row("two actions", "at: 3s, cordon: a1, uncordon: a1", "has 2 actions beside at"),
        row("no time", "cordon: a1", "8: timeline[0]: has no at"),
        row("not Go's duration", "at: 3 seconds, cordon: a1", "8: timeline[0].at: \"3 seconds\""),
        row("negative time", "at: -3s, cordon: a1", "8: timeline[0].at: \"-3s\" is negative"),
        row("too soon", "at: 1999ms, cordon: a1", "is before 2s, when the cluster is complete"),
        row("after the end", "at: 31s, cordon: a1", "is not between the step before and the end"),
        row("unknown node", "at: 3s, cordon: a4", "there is no node \"a4\" (did you mean a1?)"),
        row("descending range", "at: 3s, cordon: a3..a1", "\"a3..a1\" is no name, and no range"),
        row("unknown pod", "at: 3s, delete-pod: q", "there is no pod \"default/q\""),
        row("other namespace", "at: 3s, pod-ready: x/p", "there is no pod \"x/p\""),
        row("node twice", "at: 3s, add-node: {name: a1}", "there is a node \"a1\" already"),
        row("pod twice", "at: 3s, add-pod: {name: p, node: a1}", "a pod \"default/p\" already"),
        row("pod nowhere", "at: 3s, add-pod: {name: q, node: b}", "there is no node \"b\""),
        row("uneven", "at: 3s, add-pod: {name: q, node: a1..a2}", "has 1 names on 2 nodes"),
        row("zone", "at: 3s, add-node: {name: b, zone: z}", "\"z\" is no zone; write region::zone"),
        row("taint", "at: 3s, taint: {nodes: a1, add: [k=v]}", "\"k=v\" is no taint"),
        row("no taint", "at: 3s, taint: {nodes: a1}", "neither adds nor removes a taint"),
        row("status", "at: 3s, post-conditions: {nodes: a1, conditions: {Ready: y}}", "\"y\" is"),
        row("not a truth", "at: 3s, heartbeats: {nodes: a1, lease: 1}", "\"1\" is none of true"),
        row("clock", "at: 3s, clock: {nodes: a1, ahead: far}", "\"far\""),
        row("long restart", "at: 29s, restart-controller: {down: 2s}", "not over before the end"),
        row("controller", "at: 3s, add-pod: {name: q, node: a1, controller: d}", "Kind/name"),
        row("effect", "at: 3s, tolerate: {pod: p, tolerations: [{effect: No}]}", "\"No\" is none"),
        row("body", "at: 3s, patch: {path: /api/v1/nodes/a1}", "has no body"));
  }

  private static Arguments row(String name, String text, String problem) {
    return argumentSet(name, text, problem);
  }

  private static String diff(String fields) {
    return "differences: [{" + fields + "}]";
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakeIsNamedWithItsPlace(String line, String problem) {
    assertOnly(HEAD + line + "\ntimeline: []\nend: 30s\n", problem);
  }

  @ParameterizedTest
  @MethodSource("stepMistakes")
  void mistakeInStepIsNamedWithItsPlace(String step, String problem) {
    assertOnly(HEAD + "timeline:\n  - {" + step + "}\nend: 30s\n", problem);
  }

  private static void assertOnly(String text, String problem) {
    assertThat(problems("x.yaml", text)).hasSize(1);
    assertThat(problems("x.yaml", text).getFirst()).startsWith("x.yaml:").contains(problem);
  }

  @Test
  void everyMistakeIsNamedAtOnce() {
    var text =
        """
        about: []
        nodes: [{name: A1}, {name: b, colour: red}]
        timeline:
          - {at: 5s, cordon: b}
          - {at: 4s, cordon: c}
        end: 3m
        """;
    assertThat(problems("Odd_name.yaml", text))
        .containsExactlyInAnyOrder(
            "Odd_name.yaml:1: the file is not called some-words-like-these.yaml",
            "Odd_name.yaml:1: about: is not a text",
            "Odd_name.yaml:1: names no section of the contract in spec",
            "Odd_name.yaml:2: nodes[0].name: \"A1\" is no name, and no range such as a1..a4",
            "Odd_name.yaml:2: nodes[1].colour: is no known field; known here: labels, lease, name,"
                + " status, taints, unschedulable, zone",
            "Odd_name.yaml:6: end: is not within 2m0s",
            "Odd_name.yaml:5: timeline[1].at: is not between the step before and the end",
            "Odd_name.yaml:5: timeline[1].cordon: there is no node \"c\" (did you mean b?)");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(problems("x.yaml", "pods: []"))
        .containsExactlyInAnyOrder(
            "x.yaml:1: has no about",
            "x.yaml:1: names no section of the contract in spec",
            "x.yaml:1: has no nodes",
            "x.yaml:1: has no end",
            "x.yaml:1: has no timeline");
  }

  @Test
  void noYamlIsSaidSo() {
    assertThat(problems("x.yaml", "")).containsExactly("x.yaml:1: is empty");
    assertThat(problems("x.yaml", "about: [\n").getFirst()).contains("is not YAML");
    assertThat(problems("x.yaml", "just words"))
        .contains("x.yaml:1: is not a mapping (key: value)");
  }

  @Test
  void rangesAreManyNodesAndOnePodOnEach() {
    var scenario = read(HEAD + "timeline: []\nend: 30s\n");
    assertThat(scenario.nodes()).extracting(PlannedNode::name).containsExactly("a1", "a2", "a3");
    var pods =
        read("""
        about: a
        spec: ["11.18"]
        nodes: [{name: a9..a11}]
        pods: [{name: p1..p3, node: a9..a11}, {name: q1..q2, node: a9, namespace: n}]
        timeline: []
        end: 2m
        """)
            .pods();
    assertThat(pods)
        .extracting(pod -> pod.key() + " on " + pod.node())
        .containsExactly(
            "default/p1 on a9",
            "default/p2 on a10",
            "default/p3 on a11",
            "n/q1 on a9",
            "n/q2 on a9");
  }

  @Test
  void restartIsTwoStepsInOrderOfTime() {
    var steps =
        read(HEAD
                + """
                flags: {v: 4}
                timeline:
                  - {at: 3s, restart-controller: {down: 2s, program-flags: {qps: 5}}}
                  - {at: 4s, cordon: a1}
                end: 30s
                """)
            .timeline();
    assertThat(steps).extracting(step -> step.at().toSeconds()).containsExactly(3L, 4L, 5L);
    assertThat(steps.getFirst().action()).isEqualTo(new StopController(false));
    assertThat(((StartController) steps.getLast().action()).flags().program())
        .isEqualTo(Map.of("qps", "5"));
  }

  @Test
  void nodeOrPodThatWentMayComeAgain() {
    var scenario =
        read(
            HEAD
                + """
                timeline:
                  - {at: 3s, delete-node: a1}
                  - {at: 4s, force-delete-pod: p}
                  - {at: 5s, add-node: {name: a1}}
                  - {at: 6s, add-pod: {name: p, node: a1}}
                  - {at: 7s, recreate-pod: {name: p, node: a2}}
                end: 30s
                """);
    assertThat(scenario.timeline()).hasSize(5);
    assertThat(scenario.end()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void flagsOfOneSideWinOverThoseOfBothAndTheseOverTheDefaults() {
    var flags =
        read(HEAD
                + """
                flags: {node-eviction-rate: 0.1, v: 4}
                program-flags: {v: 5}
                timeline: []
                end: 30s
                """)
            .flags();
    assertThat(flags.ofReference())
        .containsEntry("node-eviction-rate", "0.1")
        .containsEntry("v", "4")
        .containsEntry("node-monitor-period", "1s");
    assertThat(flags.ofProgram()).containsEntry("v", "5");
  }

  private static Scenario read(String text) {
    var outcome = ScenarioReader.read("some-name.yaml", text);
    assertThat(outcome instanceof Bad bad ? bad.text() : "").isEmpty();
    return ((Good) outcome).scenario();
  }

  private static List<String> problems(String file, String text) {
    return ScenarioReader.read(file, text) instanceof Bad bad
        ? bad.text().lines().toList()
        : List.of();
  }
}
