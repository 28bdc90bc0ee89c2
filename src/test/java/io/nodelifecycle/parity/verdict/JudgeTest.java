package io.nodelifecycle.parity.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.nodelifecycle.parity.scenario.Scenario;
import io.nodelifecycle.parity.scenario.ScenarioOutcome.Bad;
import io.nodelifecycle.parity.scenario.ScenarioOutcome.Good;
import io.nodelifecycle.parity.scenario.ScenarioReader;
import io.nodelifecycle.parity.verdict.SideRecord.Lateness;
import io.nodelifecycle.testing.witness.Change;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The monitor period is 1 s; nodes a1 to a3 fail together, b stands by. */
final class JudgeTest {
  private static final String HEAD =
      """
      about: Nodes die.
      spec: ["2"]
      nodes: [{name: a1..a3}, {name: b}]
      pods: [{name: p1..p3, node: a1..a3}]
      timeline:
        - {at: 3s, stop-heartbeats: a1..a3}
      """;

  private static final String RESTART = "  - {at: 9s, restart-controller: {down: 1s}}\n";

  static Stream<Arguments> times() {
    return Stream.of(
        time("Unknown just early enough", unknown(10), 7.5, Relation.SAME),
        time("Unknown just too early", unknown(10), 7.499, Relation.EARLIER),
        time("Unknown just in time", unknown(10), 12, Relation.SAME),
        time("Unknown just too late", unknown(10), 12.001, Relation.LATER),
        time("a pod not ready just too early", notReady(10), 7.499, Relation.EARLIER),
        time("tainted just early enough", tainted("b", 10), 6.5, Relation.SAME),
        time("tainted just too early", tainted("b", 10), 6.499, Relation.EARLIER),
        time("deleted just early enough", deleting("q", 10), 6.5, Relation.SAME),
        time("deleted just too early", deleting("q", 10), 6.499, Relation.EARLIER),
        time("deleted just too late", deleting("q", 10), 12.001, Relation.LATER),
        time("a label far too early", label(10), 1, Relation.SAME),
        time("a label just too late", label(10), 12.001, Relation.LATER));
  }

  private static Arguments time(String name, Change change, double at, Relation relation) {
    return argumentSet(name, change, at, relation);
  }

  @ParameterizedTest
  @MethodSource("times")
  void verdictsMustNotBeEarlyAndNothingLate(Change reference, double at, Relation relation) {
    var judgement = judge("", List.of(reference), List.of(reference.at(at)));
    assertThat(judgement.rows()).extracting(Row::relation).containsExactly(relation);
    assertThat(judgement.verdict())
        .isEqualTo(relation == Relation.SAME ? Verdict.SAME : Verdict.DIFFERENT);
  }

  @Test
  void stepThatWasLateOnOneSideExcusesThatSide() {
    var late = List.of(new Lateness(3, 1.4));
    var reference = new SideRecord(List.of(unknown(10)), late);
    var program = new SideRecord(List.of(unknown(13.3)), late);
    var punctual = new SideRecord(List.of(unknown(13.3)), List.of(new Lateness(3, 0)));
    assertThat(Judge.judge(scenario(""), reference, program).verdict()).isEqualTo(Verdict.SAME);
    assertThat(Judge.judge(scenario(""), reference, punctual).verdict())
        .isEqualTo(Verdict.DIFFERENT);
    var early = new SideRecord(List.of(unknown(6.2)), List.of());
    assertThat(Judge.judge(scenario(""), reference, early).verdict()).isEqualTo(Verdict.SAME);
  }

  static Stream<Arguments> everywhere() {
    var none = List.<Change>of();
    return Stream.of(
        both("nothing", none, none, Verdict.SAME),
        both("only the reference", List.of(label(9)), none, Verdict.DIFFERENT),
        both("only the program", none, List.of(label(9)), Verdict.DIFFERENT),
        both("another value", List.of(ready("True/")), List.of(ready("False/")), Verdict.DIFFERENT),
        both("DisruptionTarget", none, List.of(target()), Verdict.AS_INTENDED),
        both("the source", List.of(oldMark(5)), List.of(mark(5)), Verdict.AS_INTENDED),
        both("not the source of ours", List.of(mark(5)), List.of(oldMark(5)), Verdict.DIFFERENT),
        both("the uid", List.of(anonymous(mark(5))), List.of(mark(5)), Verdict.AS_INTENDED),
        both("no uid of ours", List.of(mark(5)), List.of(anonymous(mark(5))), Verdict.DIFFERENT),
        both("marked only by the reference", List.of(oldMark(5)), none, Verdict.DIFFERENT),
        both("marked again", List.of(mark(5), mark(8)), List.of(mark(5)), Verdict.SAME),
        both("never marked by ours", List.of(mark(5)), none, Verdict.DIFFERENT),
        both(
            "marked again by ours", List.of(mark(5)), List.of(mark(5), mark(8)), Verdict.DIFFERENT),
        both("flicker", List.of(off(5), on(7)), none, Verdict.SAME),
        both("gone for long", List.of(off(5), on(8)), none, Verdict.DIFFERENT),
        both("flicker of ours", none, List.of(off(5), on(7)), Verdict.DIFFERENT),
        both(
            "all pods again",
            List.of(all(5, 1), all(6, 2)),
            List.of(all(5, 1)),
            Verdict.AS_INTENDED),
        both(
            "registered again",
            List.of(registered(1), registered(11)),
            List.of(registered(1)),
            Verdict.DIFFERENT));
  }

  static Stream<Arguments> afterRestart() {
    var none = List.<Change>of();
    return Stream.of(
        both(
            "registered",
            List.of(registered(1), registered(10.001)),
            List.of(registered(1)),
            Verdict.AS_INTENDED),
        both("registered before", List.of(registered(9.999)), none, Verdict.DIFFERENT),
        both("stripped for a moment", List.of(off(10.5), on(10.6)), none, Verdict.AS_INTENDED),
        both("stripped", List.of(off(10.5), on(14)), none, Verdict.AS_INTENDED),
        both("tainted only by the reference", List.of(on(14)), none, Verdict.DIFFERENT),
        both("cancelled", List.of(cancelled(11)), none, Verdict.AS_INTENDED),
        both("cancelled before", List.of(cancelled(9)), none, Verdict.DIFFERENT),
        both("cancelled by ours", none, List.of(cancelled(11)), Verdict.DIFFERENT));
  }

  private static Arguments both(
      String name, List<Change> reference, List<Change> program, Verdict verdict) {
    return argumentSet(name, reference, program, verdict);
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void whatIsIntendedEverywhereIsExplained(
      List<Change> reference, List<Change> program, Verdict verdict) {
    assertThat(judge("", reference, program).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @MethodSource("afterRestart")
  void whatRestartsOfTheReferenceDoIsExplained(
      List<Change> reference, List<Change> program, Verdict verdict) {
    assertThat(judge(RESTART, reference, program).verdict()).isEqualTo(verdict);
  }

  static Stream<Arguments> ofScenario() {
    var label = List.of(label(9));
    var none = List.<Change>of();
    return Stream.of(
        expected("only: reference", label, none, Verdict.AS_INTENDED),
        expected("only: program", label, none, Verdict.DIFFERENT),
        expected("only: program", none, label, Verdict.AS_INTENDED),
        expected("only: reference, at-least: 0", List.of(oldMark(5)), none, Verdict.SAME),
        expected("only: program", none, none, Verdict.DIFFERENT),
        expected("only: program, at-least: 0", none, none, Verdict.SAME),
        expected("only: program, at-least: 0", none, label, Verdict.SAME),
        expected("only: program, at-least: 2", none, label, Verdict.DIFFERENT),
        expected("only: program, at-most: 1", none, List.of(label(9), label(9)), Verdict.DIFFERENT),
        expected("only: program, kind: pod", none, label, Verdict.DIFFERENT),
        expected("only: program, name: ^b$", none, label, Verdict.AS_INTENDED),
        expected("only: program, name: ^a$", none, label, Verdict.DIFFERENT),
        expected("only: program, what: taint", none, label, Verdict.DIFFERENT),
        expected("only: program, value: lin", none, label, Verdict.AS_INTENDED),
        expected("only: program, value: win", none, label, Verdict.DIFFERENT),
        expected("later: 4s", label, List.of(label(13)), Verdict.AS_INTENDED),
        expected("later: 4s", label, List.of(label(13.001)), Verdict.DIFFERENT),
        expected("earlier: 4s", List.of(unknown(9)), List.of(unknown(5)), Verdict.AS_INTENDED),
        expected("earlier: 4s", List.of(unknown(9)), List.of(unknown(4.9)), Verdict.DIFFERENT),
        expected("earlier: 4s", List.of(unknown(9)), List.of(unknown(9)), Verdict.DIFFERENT));
  }

  private static Arguments expected(
      String difference, List<Change> reference, List<Change> program, Verdict verdict) {
    return argumentSet(difference + ": " + verdict, difference, reference, program, verdict);
  }

  @ParameterizedTest
  @MethodSource("ofScenario")
  void whatTheScenarioIntendsMustHappen(
      String difference, List<Change> reference, List<Change> program, Verdict verdict) {
    var text = "differences: [{section: 2, why: so it is, %s}]\n".formatted(difference);
    assertThat(judge(text, reference, program).verdict()).isEqualTo(verdict);
  }

  @Test
  void whichOfNodesThatFailTogetherIsFirstIsArbitrary() {
    var reference =
        List.of(tainted("a1", 9), deleting("p1", 10), tainted("a2", 11), deleting("p2", 12));
    var program =
        List.of(tainted("a3", 9), deleting("p3", 10), tainted("a1", 11), deleting("p1", 12));
    var mixed =
        List.of(tainted("a3", 9), deleting("p1", 10), tainted("a1", 11), deleting("p3", 12));
    assertThat(judge("", reference, program).verdict()).isEqualTo(Verdict.SAME);
    assertThat(judge("", reference, mixed).verdict()).isEqualTo(Verdict.SAME);
    assertThat(judge("", reference, program.subList(0, 3)).verdict()).isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void withoutTaintsTheNodeThatIsEvictedFirstIsFirst() {
    var reference =
        List.of(
            silent("a1", 8),
            silent("a2", 8.1),
            all("a1", 9, 1),
            all("a1", 14, 2),
            all("a2", 14.1, 1));
    var program = List.of(silent("a1", 8), silent("a2", 8.1), all("a2", 9, 1), all("a1", 14, 1));
    assertThat(judge("", reference, program).verdict()).isEqualTo(Verdict.AS_INTENDED);
  }

  @Test
  void nodesThatFareDifferentlyKeepTheirNames() {
    var alone = "  - {at: 7s, cordon: a1}\n";
    var reference = List.of(tainted("a1", 9));
    assertThat(judge(alone, reference, List.of(tainted("a1", 9))).verdict())
        .isEqualTo(Verdict.SAME);
    assertThat(judge(alone, reference, List.of(tainted("a2", 9))).verdict())
        .isEqualTo(Verdict.DIFFERENT);
  }

  private static Judgement judge(String rest, List<Change> reference, List<Change> program) {
    return Judge.judge(
        scenario(rest), new SideRecord(reference, List.of()), new SideRecord(program, List.of()));
  }

  private static Scenario scenario(String rest) {
    var outcome = ScenarioReader.read("nodes-die.yaml", HEAD + rest + "end: 30s\n");
    assertThat(outcome instanceof Bad bad ? bad.text() : "").isEmpty();
    return ((Good) outcome).scenario();
  }

  private static Change label(double at) {
    return Change.of(at, "node", "b", "label beta.kubernetes.io/os", "linux");
  }

  private static Change ready(String value) {
    return Change.of(10, "node", "b", "cond Ready", value);
  }

  private static Change unknown(double at) {
    return silent("b", at);
  }

  private static Change silent(String node, double at) {
    return Change.of(at, "node", node, "cond Ready", "Unknown/NodeStatusUnknown: silent");
  }

  private static Change notReady(double at) {
    return Change.of(at, "pod", "default/q", "cond Ready", "False/");
  }

  private static Change target() {
    return Change.of(9, "pod", "default/q", "cond DisruptionTarget", "True/Why");
  }

  private static Change tainted(String node, double at) {
    return Change.of(at, "node", node, "taint node.kubernetes.io/unreachable:NoExecute", "on");
  }

  private static Change on(double at) {
    return tainted("b", at);
  }

  private static Change off(double at) {
    return Change.of(at, "node", "b", "taint node.kubernetes.io/unreachable:NoExecute", "off");
  }

  private static Change deleting(String pod, double at) {
    return Change.of(at, "pod", "default/" + pod, "deleting", "true");
  }

  private static Change all(double at, int count) {
    return all("b", at, count);
  }

  private static Change all(String node, double at, int count) {
    var text = Change.event("Normal", "node-controller", "Deleting all Pods");
    return new Change(at, "event", "Node " + node, "DeletingAllPods", text, count);
  }

  private static Change registered(double at) {
    var text = Change.event("Normal", "node-controller", "Registered Node b");
    return Change.of(at, "event", "Node b", "RegisteredNode", text);
  }

  private static Change mark(double at) {
    return eviction(at, "taint-eviction-controller", "Marking for deletion Pod default/q");
  }

  private static Change oldMark(double at) {
    return eviction(at, "taint-controller", "Marking for deletion Pod default/q");
  }

  private static Change cancelled(double at) {
    return eviction(at, "taint-eviction-controller", "Cancelling deletion of Pod default/q");
  }

  private static Change anonymous(Change event) {
    return event.renamed(event.name(), event.value() + " (without uid)");
  }

  private static Change eviction(double at, String component, String message) {
    var text = Change.event("Normal", component, message);
    return Change.of(at, "event", "Pod default/q", "TaintManagerEviction", text);
  }
}
