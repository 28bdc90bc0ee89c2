package io.nodelifecycle.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.nodelifecycle.golden.Comparison.Verdict;
import io.nodelifecycle.golden.Recording.Step;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.witness.Change;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ComparisonTest {
  private static final double TOLERANCE = 1.5;
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable:NoExecute";

  /** Nodes a, b and c fail together, d fails alone, x and y only look on. */
  private static final List<Step> STEPS =
      List.of(
          step("node", "{'name': 'a'}"),
          step("node", "{'name': 'b'}"),
          step("node", "{'name': 'c'}"),
          step("node", "{'name': 'd'}"),
          step("node", "{'name': 'x'}"),
          step("node", "{'name': 'y'}"),
          step("pod", "{'name': 'on-a', 'node': 'a'}"),
          step("pod", "{'name': 'on-b', 'node': 'b'}"),
          step("pod", "{'name': 'on-c', 'node': 'c'}"),
          step("stop-heartbeats", "{'names': ['a', 'b', 'c']}"),
          step("stop-heartbeats", "{'names': ['d']}"));

  static Stream<Arguments> times() {
    return Stream.of(
        argumentSet("a label much earlier", label(2), Verdict.SAME),
        argumentSet("a label at the time", label(10), Verdict.SAME),
        argumentSet("a label just in time", label(11.5), Verdict.SAME),
        argumentSet("a label just too late", label(11.501), Verdict.LATE),
        argumentSet("a taint just early enough", tainted("d", 8), Verdict.SAME),
        argumentSet("a taint just too early", tainted("d", 7.999), Verdict.EARLY),
        argumentSet("a taint just too late", tainted("d", 11.501), Verdict.LATE));
  }

  @ParameterizedTest
  @MethodSource("times")
  void aChangeMayBeEarlyButNotLateAndAVerdictNeither(Change seen, Verdict verdict) {
    var comparison = compare(List.of(seen.at(10)), List.of(seen));
    assertThat(comparison.rows()).extracting(Comparison.Row::verdict).containsExactly(verdict);
    assertThat(comparison.isSame()).isEqualTo(verdict == Verdict.SAME);
  }

  static Stream<Arguments> differences() {
    return Stream.of(
        argumentSet("nothing happens", List.of(label(10)), List.of(), 1),
        argumentSet("it happens twice", List.of(label(10)), List.of(label(10), label(11)), 1),
        argumentSet("something else happens", List.of(), List.of(label(10)), 1),
        argumentSet("another value", List.of(ready("True/")), List.of(ready("Unknown/")), 2),
        argumentSet("another node", List.of(tainted("d", 10)), List.of(tainted("a", 10)), 2),
        argumentSet("an event again", List.of(marked(1)), List.of(marked(1), marked(2)), 1),
        argumentSet("an event less", List.of(marked(1), marked(2)), List.of(marked(1)), 1),
        argumentSet("aggregated at once", List.of(marked(1), marked(2)), List.of(marked(2)), 0),
        argumentSet("not aggregated", List.of(marked(2)), List.of(marked(1), marked(1)), 0));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void everyDifferenceIsCounted(List<Change> recorded, List<Change> seen, int differences) {
    assertThat(compare(recorded, seen).differences()).isEqualTo(differences);
  }

  @Test
  void theTableShowsBothSides() {
    assertThat(compare(List.of(label(10)), List.of(label(12.25), tainted("d", 13))).table())
        .isEqualTo(
            """
                       recorded     seen
            LATE          10.00    12.25  node d label beta.kubernetes.io/os = linux
            UNEXPECTED        -    13.00  node d taint %s = on
            """
                .formatted(UNREACHABLE));
  }

  @Test
  void whichOfTheNodesThatFailTogetherGoesFirstIsArbitrary() {
    var recorded = List.of(tainted("a", 10), tainted("b", 12), tainted("c", 14));
    var seen = List.of(tainted("c", 10), tainted("a", 12), tainted("b", 14));
    assertThat(compare(recorded, seen).isSame()).isTrue();
  }

  @Test
  void butNotHowManyDoNorWhatHappensToEach() {
    var recorded =
        List.of(tainted("a", 10), deleted("on-a", 11), tainted("b", 12), deleted("on-b", 13));
    var otherPod =
        List.of(tainted("c", 10), deleted("on-b", 11), tainted("b", 12), deleted("on-a", 13));
    var twice =
        List.of(tainted("c", 10), deleted("on-c", 11), tainted("c", 12), deleted("on-b", 13));
    assertThat(compare(recorded, otherPod).isSame()).isFalse();
    assertThat(compare(recorded, twice).isSame()).isFalse();
    assertThat(compare(recorded, recorded.subList(0, 3)).isSame()).isFalse();
  }

  @Test
  void nodesThatNothingHappensToAreComparedByRankInTime() {
    var recorded = List.of(registered("x", 5), registered("y", 9));
    assertThat(compare(recorded, List.of(registered("y", 5), registered("x", 9))).isSame())
        .isTrue();
    assertThat(compare(recorded, List.of(registered("y", 9), registered("x", 9))).isSame())
        .isFalse();
    assertThat(compare(recorded, List.of(registered("x", 5), registered("x", 9))).isSame())
        .isFalse();
  }

  private static Comparison compare(List<Change> recorded, List<Change> seen) {
    return Comparison.of(StepNaming.of(STEPS), recorded, seen, _ -> TOLERANCE);
  }

  private static Step step(String what, String details) {
    return new Step(1, what, ApiClient.json(details.replace('\'', '"')));
  }

  private static Change label(double at) {
    return Change.of(at, "node", "d", "label beta.kubernetes.io/os", "linux");
  }

  private static Change ready(String value) {
    return Change.of(10, "node", "d", "cond Ready", value);
  }

  private static Change tainted(String node, double at) {
    return Change.of(at, "node", node, "taint " + UNREACHABLE, "on");
  }

  private static Change deleted(String pod, double at) {
    return Change.of(at, "pod", "default/" + pod, "deleting", "true");
  }

  private static Change registered(String node, double at) {
    var text = Change.event("Normal", "node-controller", "Node " + node + " event: Registered");
    return Change.of(at, "event", "Node " + node, "RegisteredNode", text);
  }

  private static Change marked(int count) {
    var text = Change.event("Normal", "taint-eviction-controller", "Marking for deletion");
    return new Change(10, "event", "Pod default/p", "TaintManagerEviction", text, count);
  }
}
