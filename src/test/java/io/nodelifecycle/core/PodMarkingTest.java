package io.nodelifecycle.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.model.ConditionStatus;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** While a node's Ready is Unknown, its pods are not ready. */
final class PodMarkingTest {
  private final VirtualCluster cluster = new VirtualCluster();

  private void silentNodeWith(String... pods) {
    cluster.ready("a", "b", "c");
    for (var pod : pods) {
      cluster.pod(pod, "a", "unreachable", "not-ready");
    }
    cluster.pod("elsewhere", "b").sync().runUntil(100);
    cluster.forget().die("a");
    cluster.runUntil(151);
  }

  @Test
  void theReadyPodsOfASilentNodeAreMarkedAfterItsStatus() {
    silentNodeWith("p", "q");
    assertThat(cluster.texts())
        .containsSubsequence(
            "status a", "unready p", "unready q", "event NodeNotReady p", "event NodeNotReady q");
    cluster.forget().runUntil(3600);
    assertThat(cluster.texts("unready")).isEmpty();
    assertThat(cluster.texts("event")).isEmpty();
  }

  @Test
  void podsThatAreNotReadyAreLeftAlone() {
    cluster.ready("a", "b").pod("p", "a", "unreachable").sync();
    cluster.changePod("p", Pods.ready(ConditionStatus.FALSE));
    cluster.die("a");
    cluster.runUntil(200);
    assertThat(cluster.texts("unready")).isEmpty();
  }

  @Test
  void podsThatLandThereLaterAreMarkedToo() {
    silentNodeWith();
    cluster.pod("late", "a", "unreachable");
    cluster.step();
    assertThat(cluster.texts("unready")).containsExactly("unready late");
  }

  @Test
  void aPodWhoseDeletionNobodyCanFinishIsMarkedToo() {
    cluster.ready("a", "b").pod("p", "a", "unreachable").sync().runUntil(100);
    var terminating =
        Pods.terminating()
            .apply(Pods.tolerating("unreachable").apply(Pods.pod("p", "a", cluster.wallClock())));
    cluster.answer(write ->
        write instanceof DeletePod
            ? Optional.of(new Outcome.Succeeded(null, terminating, cluster.wallClock()))
            : Optional.empty());
    cluster.post("a", ConditionStatus.FALSE);
    cluster.die("a");
    cluster.runUntil(149);
    assertThat(cluster.times("delete p")).containsExactly(100000L);
    cluster.changePod("p", Pods.terminating());
    cluster.runUntil(200);
    assertThat(cluster.texts("unready")).containsExactly("unready p");
  }

  @Test
  void podsThatBecomeReadyForTheFirstTimeAreMarkedToo() {
    silentNodeWith();
    cluster.add(
        Pods.ready(ConditionStatus.FALSE)
            .apply(
                Pods.tolerating("unreachable").apply(Pods.pod("late", "a", cluster.wallClock()))));
    cluster.step();
    assertThat(cluster.texts("unready")).isEmpty();
    cluster.changePod("late", Pods.ready(ConditionStatus.TRUE));
    cluster.step();
    assertThat(cluster.texts("unready")).containsExactly("unready late");
  }

  @Test
  void podsOfANodeThatWasFalseBeforeItWasUnknownAreMarked() {
    cluster.ready("a", "b").pod("p", "a", "unreachable", "not-ready").sync().runUntil(100);
    cluster.post("a", ConditionStatus.FALSE);
    cluster.die("a");
    cluster.runUntil(149);
    assertThat(cluster.texts("unready")).isEmpty();
    cluster.runUntil(151);
    assertThat(cluster.texts("unready")).containsExactly("unready p");
  }

  @Test
  void podsAreMarkedAfterACrashBetweenTheTwoWrites() {
    cluster.ready("a", "b").pod("p", "a", "unreachable").sync().runUntil(100);
    cluster.fail(MarkPodNotReady.class);
    cluster.die("a");
    cluster.runUntil(151);
    cluster.answerNormally();
    cluster.forget().restart();
    assertThat(cluster.texts()).containsExactly("unready p", "event NodeNotReady p");
  }

  @Test
  void podsThatWereSeenBeforeTheirUnknownNodeAreMarked() {
    cluster.ready("b").sync();
    cluster.pod("p", "a", "unreachable").step();
    var clock = cluster.wallClock();
    cluster.add(Nodes.node("a", ConditionStatus.UNKNOWN, clock));
    cluster.step();
    assertThat(cluster.texts("unready")).containsExactly("unready p");
  }

  @Test
  void aFailedMarkIsRetriedAndTheEventComesAfterTheSuccess() {
    cluster.ready("a", "b").pod("p", "a", "unreachable").sync().runUntil(100);
    cluster.fail(MarkPodNotReady.class);
    cluster.die("a");
    cluster.runUntil(154);
    assertThat(cluster.times("unready p")).containsExactly(150000L, 151000L, 153000L);
    assertThat(cluster.texts("event NodeNotReady p")).isEmpty();
    cluster.answerNormally();
    cluster.runUntil(160);
    assertThat(cluster.times("unready p")).endsWith(157000L);
    assertThat(cluster.texts("event NodeNotReady p")).hasSize(1);
  }

  @Test
  void aPodThatSomethingMakesReadyAgainIsMarkedAfterDoublingWaitsWithoutANewEvent() {
    silentNodeWith("p");
    cluster.runUntil(160);
    for (var time = 160; time <= 1701; time++) {
      if (cluster.api.pod("p").ready() == ConditionStatus.FALSE) {
        cluster.changePod("p", Pods.ready(ConditionStatus.TRUE));
      }
      cluster.runUntil(time);
    }
    assertThat(cluster.times("unready p"))
        .containsExactly(150000L, 210000L, 310000L, 510000L, 810000L, 1110000L, 1410000L);
    assertThat(cluster.texts("event NodeNotReady p")).hasSize(1);
  }

  @Test
  void aPodThatIsSeenToBeReadyBeforeItsReturningNodeIsNotMarkedOnceMore() {
    silentNodeWith("p");
    cluster.runUntil(400);
    cluster.changePod("p", Pods.ready(ConditionStatus.TRUE));
    cluster.step();
    cluster.revive("a");
    cluster.runUntil(600);
    assertThat(cluster.times("unready p")).containsExactly(150000L);
  }

  @Test
  void aNodeThatComesBackAndFallsSilentAgainStartsOver() {
    silentNodeWith("p");
    cluster.revive("a");
    cluster.changePod("p", Pods.ready(ConditionStatus.TRUE));
    cluster.runUntil(170);
    cluster.die("a");
    cluster.runUntil(230);
    assertThat(cluster.times("unready p")).containsExactly(150000L, 220000L);
    assertThat(cluster.texts("event NodeNotReady p")).hasSize(2);
  }

  @Test
  void aMarkThatIsNotWantedAnyMoreIsWithdrawn() {
    cluster.ready("a", "b").pod("p", "a", "unreachable").sync().runUntil(100);
    cluster.fail(MarkPodNotReady.class);
    cluster.die("a");
    cluster.runUntil(151);
    cluster.hold();
    cluster.runUntil(154);
    cluster.answerNormally();
    cluster.revive("a");
    cluster.step();
    cluster.forget().send();
    cluster.run(Duration.ofMinutes(10));
    assertThat(cluster.texts("unready")).isEmpty();
  }

  @Test
  void aPodWhoseNodeIsWellAgainIsRememberedNoMoreThanAnyOther() {
    cluster.ready("a", "b").pod("p", "a", "unreachable").pod("q", "a", "unreachable").sync();
    cluster.runUntil(100);
    var before = cluster.controller().remembered();
    cluster.die("a");
    cluster.answer(write ->
        write instanceof MarkPodNotReady mark && mark.pod().name().equals("q")
            ? Optional.of(new Outcome.Failed("denied", Duration.ZERO))
            : Optional.empty());
    cluster.runUntil(180);
    assertThat(cluster.controller().remembered()).isGreaterThan(before);
    cluster.revive("a");
    cluster.runUntil(300);
    assertThat(cluster.controller().remembered()).isEqualTo(before);
  }
}
