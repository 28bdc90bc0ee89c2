package io.nodelifecycle.sandbox.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.sandbox.story.Expectation.About;
import io.nodelifecycle.sandbox.story.Expectation.Claim;
import io.nodelifecycle.sandbox.story.Expectation.Since;
import io.nodelifecycle.sandbox.story.Expectation.Window;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chapters begin at 100 s; windows are 2 s to 5 s after that unless a test says otherwise. */
final class ExpectationJudgeTest {
  private static final Duration CHAPTER = Duration.ofSeconds(100);
  private static final Taint UNREACHABLE =
      Taint.unstamped("node.kubernetes.io/unreachable", "NoExecute");
  private static final State UNKNOWN = new State.NodeReady(ConditionStatus.UNKNOWN);
  private static final State READY = new State.NodeReady(ConditionStatus.TRUE);

  private final Timeline timeline = new Timeline();
  private final ExpectationJudge judge = new ExpectationJudge(timeline);

  @ParameterizedTest
  @CsvSource({
    "101.9, 110,   Broken",
    "102,   102,   Held",
    "105,   110,   Held",
    "105.1, 110,   Broken",
    "999,   105,   Open",
    "999,   105.1, Broken",
  })
  void whatBecomesSoHasToBecomeSoWithinTheWindow(double seen, double now, String verdict) {
    node("n1", 0, ConditionStatus.TRUE);
    if (seen < 999) {
      node("n1", seen, ConditionStatus.UNKNOWN);
    }
    assertThat(nodes(new Claim.Becomes(UNKNOWN), now)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "101,   101.9, 110, Held",
    "101.9, 103, 110, Broken",
    "102,   103, 110, Broken",
    "105,   106, 110, Broken",
    "105.1, 106, 110, Held",
    "110,   111, 105, Open",
    "110,   111, 105.1, Held",
  })
  void whatNeverIsMayBeSoOutsideOfTheWindowOnly(
      double begin, double end, double now, String verdict) {
    node("n1", 0, ConditionStatus.TRUE);
    node("n1", begin, ConditionStatus.UNKNOWN);
    node("n1", end, ConditionStatus.TRUE);
    assertThat(nodes(new Claim.Never(UNKNOWN), now)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"101, Broken", "102, Broken", "105, Broken", "105.1, Held"})
  void whatStaysStaysDuringTheWholeWindow(double change, String verdict) {
    node("n1", 0, ConditionStatus.TRUE);
    node("n1", change, ConditionStatus.UNKNOWN);
    assertThat(nodes(new Claim.Stays(READY), 110)).isEqualTo(verdict);
  }

  @Test
  void whatWasSoAlreadyDidNotBecomeSo() {
    node("n1", 0, ConditionStatus.UNKNOWN);
    assertThat(nodes(new Claim.Becomes(UNKNOWN), 101)).isEqualTo("Broken");
  }

  @Test
  void oneOfSeveralIsEnoughToBreakIt() {
    node("n1", 0, ConditionStatus.TRUE);
    node("n2", 0, ConditionStatus.TRUE);
    node("n1", 103, ConditionStatus.UNKNOWN);
    var expectation = expectation(aboutNodes("n1", "n2"), new Claim.Becomes(UNKNOWN));
    assertThat(judge.judge(expectation, CHAPTER, seconds(104))).isEqualTo(new Verdict.Open());
    assertThat(judge.judge(expectation, CHAPTER, seconds(106)))
        .isEqualTo(
            new Verdict.Broken("1 of 2; n2: not within 5.0 s; it is Ready=True, taints none"));
    node("n2", 104.5, ConditionStatus.UNKNOWN);
    assertThat(judge.judge(expectation, CHAPTER, seconds(104.5)))
        .isEqualTo(new Verdict.Held("2, after 3.0 s to 4.5 s"));
  }

  @ParameterizedTest
  @CsvSource({"111.9, Broken", "112, Held", "115, Held", "115.1, Broken"})
  void timesCanCountFromTheTaint(double deleted, String verdict) {
    node("n1", 0, ConditionStatus.TRUE);
    pod("p1", "n1", 0, false, true);
    timeline.add(seconds(110), tainted("n1", ConditionStatus.UNKNOWN));
    pod("p1", "n1", deleted, true, true);
    var window = new Window(Since.TAINT, seconds(2), seconds(5));
    var expectation =
        new Expectation("", aboutPods("n1"), new Claim.Becomes(new State.PodDeleted()), window);
    assertThat(name(judge.judge(expectation, CHAPTER, seconds(130)))).isEqualTo(verdict);
  }

  @Test
  void aTaintThatNeverComesLeavesItOpen() {
    node("n1", 0, ConditionStatus.TRUE);
    pod("p1", "n1", 0, false, true);
    var window = new Window(Since.TAINT, seconds(2), seconds(5));
    var expectation =
        new Expectation("", aboutPods("n1"), new Claim.Becomes(new State.PodDeleted()), window);
    assertThat(judge.judge(expectation, CHAPTER, seconds(999))).isEqualTo(new Verdict.Open());
  }

  @Test
  void podsOfOtherNodesAndLaterAndEarlierPodsDoNotCount() {
    node("n1", 0, ConditionStatus.TRUE);
    pod("mine", "n1", 0, false, true);
    pod("before", "n1", 0, false, true);
    pod("before", "n1", 99, true, true);
    pod("elsewhere", "n2", 0, false, true);
    pod("elsewhere", "n2", 103, true, true);
    pod("later", "n1", 103, false, true);
    pod("later", "n1", 104, true, true);
    var never = expectation(aboutPods("n1"), new Claim.Never(new State.PodDeleted()));
    assertThat(judge.judge(never, CHAPTER, seconds(106))).isEqualTo(new Verdict.Held("never"));
  }

  @Test
  void wherePodsAreMissingNothingIsTrueOfThem() {
    node("n1", 0, ConditionStatus.TRUE);
    var never = expectation(aboutPods("n1"), new Claim.Never(new State.PodDeleted()));
    assertThat(name(judge.judge(never, CHAPTER, seconds(106)))).isEqualTo("Broken");
  }

  @ParameterizedTest
  @CsvSource({"TRUE, false, Broken", "TRUE, true, Held", "UNKNOWN, false, Held"})
  void onlyPodsOfHealthyNodesHaveToBeSpared(
      ConditionStatus ready, boolean isTainted, String verdict) {
    timeline.add(seconds(0), isTainted ? tainted("n1", ready) : healthy("n1", ready));
    pod("p1", "n1", 0, false, true);
    pod("p1", "n1", 103, true, true);
    var never = expectation(new About.HealthyPods(), new Claim.Never(new State.PodDeleted()));
    assertThat(name(judge.judge(never, CHAPTER, seconds(106)))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"102, 103.9, Broken", "102, 104, Held", "102, 105, Held"})
  void aPaceMayBeSeenOneSecondTooHigh(double first, double last, String verdict) {
    // Four nodes at one a second take three seconds.
    double step = (last - first) / 3;
    for (int i = 0; i < 4; i++) {
      node("n" + i, 0, ConditionStatus.TRUE);
      node("n" + i, first + i * step, ConditionStatus.UNKNOWN);
    }
    var paced = expectation(aboutNodes("n0", "n1", "n2", "n3"), new Claim.Paced(UNKNOWN, 1));
    assertThat(name(judge.judge(paced, CHAPTER, seconds(110)))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "101.9, Right, a text,  Broken",
    "102,   Right, a text,  Held",
    "105,   Right, a text,  Held",
    "105.1, Right, a text,  Broken",
    "103,   Wrong, a text,  Broken",
    "103,   Right, another, Broken",
  })
  void eventsAreFoundByReasonAndText(double at, String reason, String text, String verdict) {
    node("n1", 0, ConditionStatus.TRUE);
    timeline.add(seconds(at), new EventNote("n1", "n1", reason, "it is " + text));
    assertThat(nodes(new Claim.Told("Right", "a text"), 110)).isEqualTo(verdict);
  }

  @Test
  void anEventAboutOneOfSeveralIsEnough() {
    node("n1", 0, ConditionStatus.TRUE);
    node("n2", 0, ConditionStatus.TRUE);
    timeline.add(seconds(103), new EventNote("n2", "n2", "Right", "text"));
    var told = expectation(aboutNodes("n1", "n2"), new Claim.Told("Right", "text"));
    assertThat(judge.judge(told, CHAPTER, seconds(106)))
        .isEqualTo(new Verdict.Held("n2, after 3.0 s"));
  }

  private String nodes(Claim claim, double now) {
    return name(judge.judge(expectation(aboutNodes("n1"), claim), CHAPTER, seconds(now)));
  }

  private static String name(Verdict verdict) {
    return verdict.getClass().getSimpleName();
  }

  private static Expectation expectation(About about, Claim claim) {
    return new Expectation("", about, claim, new Window(Since.CHAPTER, seconds(2), seconds(5)));
  }

  private static About aboutNodes(String... names) {
    return new About.Nodes(new NodeSet("some", List.of(names)));
  }

  private static About aboutPods(String node) {
    return new About.Pods(new NodeSet(node, List.of(node)), "");
  }

  private void node(String name, double at, ConditionStatus ready) {
    timeline.add(seconds(at), healthy(name, ready));
  }

  private static NodeState healthy(String name, ConditionStatus ready) {
    return new NodeState(name, "a", ready, Map.of(), List.of(), false, true);
  }

  private static NodeState tainted(String name, ConditionStatus ready) {
    return new NodeState(name, "a", ready, Map.of(), List.of(UNREACHABLE), false, true);
  }

  private void pod(String name, String node, double at, boolean isDeleting, boolean exists) {
    timeline.add(
        seconds(at),
        new PodState("default", name, name, "web", node, true, isDeleting, exists, List.of()));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
