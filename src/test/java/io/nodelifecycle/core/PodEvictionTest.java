package io.nodelifecycle.core;

import static io.nodelifecycle.core.VirtualCluster.taint;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.MarkDisruptionTarget;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.eviction.EvictionPolicy;
import io.nodelifecycle.core.health.HealthPolicy;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.zone.DisruptionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which pods NoExecute taints delete, when, and what is said about it. */
final class PodEvictionTest {
  private VirtualCluster cluster = new VirtualCluster();

  private static VirtualCluster with(EvictionPolicy eviction, boolean hasTaintEviction) {
    return new VirtualCluster(
        new CorePolicy(
            HealthPolicy.defaults(),
            DisruptionPolicy.defaults(),
            eviction,
            true,
            hasTaintEviction,
            true,
            Optional.empty(),
            new LiveChecks(false, true)));
  }

  /** Nodes a and b, a hundred seconds after the start. */
  private void begin() {
    cluster.ready("a", "b", "c").sync().runUntil(100);
    cluster.forget();
  }

  private void taintByHand(String... keys) {
    var taints = new ArrayList<Taint>();
    for (var key : keys) {
      taints.add(taint("example.com/" + key, "NoExecute"));
    }
    cluster.changeNode("a", Nodes.tainted(taints.toArray(new Taint[0])));
    cluster.step();
  }

  @Test
  void anUntoleratedTaintDeletesAtOnce() {
    begin();
    cluster.pod("p", "a").pod("elsewhere", "b");
    taintByHand("x");
    assertThat(cluster.texts())
        .containsExactly("condition p", "event TaintManagerEviction p Marking", "delete p");
  }

  @Test
  void withoutTheDisruptionConditionThePodIsJustDeleted() {
    cluster = with(new EvictionPolicy(false, true, false), true);
    begin();
    cluster.pod("p", "a");
    taintByHand("x");
    assertThat(cluster.texts()).containsExactly("delete p", "event TaintManagerEviction p Marking");
  }

  @Test
  void withoutTheTaintControllerNothingIsDeleted() {
    cluster = with(EvictionPolicy.defaults(), false);
    begin();
    cluster.pod("p", "a").pod("q", "a", "example.com/x=5");
    taintByHand("x");
    cluster.runSeconds(60);
    assertThat(cluster.texts()).isEmpty();
  }

  @Test
  void tolerationSecondsCountFromTheTaintAndNotBeforeTheyAreOver() {
    begin();
    cluster.pod("p", "a", "example.com/x=30");
    taintByHand("x");
    cluster.runUntil(129);
    cluster.run(Duration.ofMillis(999));
    assertThat(cluster.texts()).isEmpty();
    cluster.run(Duration.ofMillis(1));
    assertThat(cluster.texts())
        .containsExactly("condition p", "event TaintManagerEviction p Marking", "delete p");
  }

  @Test
  void aCountdownThatEndsWhileTheNodeIsWellAgainDeletesNothing() {
    begin();
    cluster.pod("p", "a", "unreachable=30");
    cluster.die("a");
    cluster.runUntil(160);
    assertThat(cluster.taints("a")).anyMatch(taint -> taint.endsWith(":NoExecute"));
    cluster.hold();
    cluster.revive("a");
    cluster.runUntil(300);
    assertThat(cluster.waiting()).noneMatch(write -> write.text().contains("pod"));
    cluster.send();
    cluster.runUntil(310);
    assertThat(cluster.texts("delete")).isEmpty();
    assertThat(cluster.texts("event TaintManagerEviction p"))
        .containsExactly("event TaintManagerEviction p Cancelling");
  }

  @Test
  void aPodThatLandsOnATaintedNodeCountsFromThen() {
    begin();
    taintByHand("x");
    cluster.runUntil(120);
    cluster.pod("p", "a", "example.com/x=30").pod("q", "a");
    cluster.runUntil(200);
    assertThat(cluster.times("delete q")).containsExactly(120000L);
    assertThat(cluster.times("delete p")).containsExactly(150000L);
  }

  @Test
  void aRemovedTaintCancelsARunningTimerAndSaysSo() {
    begin();
    cluster.pod("p", "a", "example.com/x=30").pod("forever", "a", "example.com/x");
    taintByHand("x");
    cluster.runUntil(110);
    cluster.changeNode("a", Nodes.tainted());
    cluster.runUntil(200);
    assertThat(cluster.texts()).containsExactly("event TaintManagerEviction p Cancelling");
  }

  @Test
  void aTimerEndsWithThePodOrTheNodeOrATolerationForEver() {
    begin();
    for (var name : new String[] {"gone", "tolerant"}) {
      cluster.pod(name, "a", "example.com/x=30");
    }
    cluster.pod("nodeless", "b", "example.com/x=30");
    taintByHand("x");
    cluster.changeNode("b", Nodes.tainted(taint("example.com/x", "NoExecute")));
    cluster.runUntil(110);
    cluster.deletePod("gone");
    cluster.changePod("tolerant", Pods.tolerating("example.com/x"));
    cluster.deleteNode("b");
    cluster.runUntil(200);
    assertThat(cluster.texts("event TaintManagerEviction"))
        .containsExactlyInAnyOrder(
            "event TaintManagerEviction gone Cancelling",
            "event TaintManagerEviction tolerant Cancelling",
            "event TaintManagerEviction nodeless Cancelling");
    assertThat(cluster.texts("delete")).isEmpty();
  }

  @Test
  void aSecondTaintThatIsNotToleratedEndsTheWaitWithMarkingOnly() {
    begin();
    cluster.pod("p", "a", "example.com/x=30");
    taintByHand("x");
    cluster.runUntil(110);
    taintByHand("x", "y");
    assertThat(cluster.texts())
        .containsExactly("condition p", "event TaintManagerEviction p Marking", "delete p");
  }

  @Test
  void aChangeOfTolerationsMovesTheDeadline() {
    begin();
    cluster.pod("p", "a", "example.com/x=30").pod("q", "a", "example.com/x=30");
    taintByHand("x");
    cluster.runUntil(110);
    cluster.changePod("p", Pods.tolerating("example.com/x=50"));
    cluster.changePod("q", Pods.tolerating("example.com/x=5"));
    cluster.runUntil(200);
    assertThat(cluster.times("delete q")).containsExactly(110000L);
    assertThat(cluster.times("delete p")).containsExactly(150000L);
  }

  @Test
  void withTheGateOffARunningTimerIsKeptAndARestartBeginsAnew() {
    cluster = with(new EvictionPolicy(false, false, true), true);
    begin();
    cluster.pod("p", "a", "example.com/x=60", "example.com/y=5");
    taintByHand("x");
    cluster.runUntil(110);
    cluster.changePod("p", Pods.tolerating("example.com/x=5", "example.com/y=5"));
    taintByHand("x", "y");
    cluster.runUntil(120);
    cluster.changePod("p", Pods.tolerating("example.com/x=60", "example.com/y"));
    cluster.restart();
    cluster.runUntil(300);
    assertThat(cluster.times("delete p")).containsExactly(180000L);
  }

  @Test
  void countdownsGoOnAfterARestart() {
    begin();
    cluster.pod("p", "a", "example.com/x=60");
    var added = cluster.wallClock();
    cluster.changeNode("a", Nodes.tainted(new Taint("example.com/x", "", "NoExecute", added)));
    cluster.runUntil(130);
    cluster.restart();
    cluster.runUntil(300);
    assertThat(cluster.times("delete p")).containsExactly(161000L);
  }

  @Test
  void aDeadNodesPodsGoWhenTheirTolerationEnds() {
    begin();
    cluster.pod("p", "a", "unreachable=300", "not-ready=300").pod("q", "a");
    cluster.die("a");
    cluster.runUntil(1000);
    assertThat(cluster.times("delete q")).containsExactly(150000L);
    assertThat(cluster.times("delete p")).containsExactly(450000L);
  }

  @Test
  void aSwapOfHealthTaintsKeepsTheCountdown() {
    begin();
    cluster.pod("p", "a", "unreachable=300", "not-ready=300");
    cluster.post("a", ConditionStatus.FALSE);
    cluster.die("a");
    cluster.runUntil(1000);
    assertThat(cluster.times("taints a +unreachable")).containsExactly(150000L);
    assertThat(cluster.times("delete p")).containsExactly(400000L);
  }

  @Test
  void afterBlindnessHealthTaintsAreHeldAndHandSetOnesAreNot() {
    begin();
    cluster.pod("p", "a", "unreachable=100").pod("q", "b", "example.com/x=110");
    cluster.die("a");
    cluster.changeNode("b", Nodes.tainted(taint("example.com/x", "NoExecute")));
    cluster.runUntil(205);
    cluster.observe(new Observation.Paused(Duration.ofSeconds(60)));
    cluster.runUntil(249);
    cluster.observe(new Observation.Paused(Duration.ofSeconds(11)));
    cluster.runUntil(500);
    assertThat(cluster.times("delete q")).containsExactly(210000L);
    assertThat(cluster.times("delete p")).containsExactly(299000L);
  }

  @Test
  void aHandSetTaintIsCarriedOutWhileAHealthTaintIsHeld() {
    begin();
    cluster.pod("p", "a", "unreachable=60", "example.com/x=80");
    cluster.die("a");
    cluster.runUntil(155);
    cluster.changeNode(
        "a",
        node -> {
          var taints = new ArrayList<>(node.taints());
          taints.add(taint("example.com/x", "NoExecute"));
          return Nodes.tainted(taints.toArray(new Taint[0])).apply(node);
        });
    cluster.runUntil(205);
    cluster.observe(new Observation.WatchBroken(Resource.LEASES));
    cluster.runUntil(500);
    assertThat(cluster.times("delete p")).containsExactly(235000L);
  }

  @Test
  void aHandSetTaintIsCarriedOutWhileAHealthTaintThatIsNotToleratedIsHeld() {
    cluster.ready("a", "b").pod("p", "a", "example.com/x=30");
    cluster.die("a");
    cluster.changeNode("a", Nodes.tainted(taint("unreachable", "NoExecute")));
    cluster.post("a", ConditionStatus.UNKNOWN);
    cluster.sync().runUntil(5);
    cluster.changeNode(
        "a", Nodes.tainted(taint("unreachable", "NoExecute"), taint("example.com/x", "NoExecute")));
    cluster.runUntil(49);
    assertThat(cluster.times("delete p")).as("patience ends at 50 s").containsExactly(35000L);
  }

  @Test
  void aBrokenWatchHoldsDeletionsForHealth() {
    begin();
    cluster.pod("p", "a", "unreachable=100");
    cluster.die("a");
    cluster.runUntil(245);
    cluster.observe(new Observation.WatchBroken(Resource.NODES));
    cluster.runUntil(400);
    assertThat(cluster.texts("delete")).isEmpty();
  }

  @Test
  void terminatingAndMirrorPodsAreLeftAlone() {
    begin();
    cluster.pod("dying", "a", "example.com/x=30").pod("static", "a").pod("ends", "a");
    cluster.changePod("static", Pods.mirror());
    cluster.changePod("ends", Pods.terminating());
    taintByHand("x");
    cluster.runUntil(110);
    cluster.changePod("dying", Pods.terminating());
    cluster.runUntil(200);
    cluster.changeNode("a", Nodes.tainted());
    cluster.runUntil(300);
    assertThat(cluster.texts()).isEmpty();
  }

  @Test
  void aFailedDeletionIsRetriedForEverAndMarkedOnce() {
    begin();
    cluster.pod("p", "a");
    cluster.fail(DeletePod.class);
    taintByHand("x");
    cluster.runUntil(3600);
    assertThat(cluster.texts("event TaintManagerEviction")).hasSize(1);
    assertThat(cluster.texts("condition")).hasSize(1);
    assertThat(cluster.times("delete p"))
        .startsWith(100000L, 101000L, 103000L, 107000L)
        .hasSizeGreaterThan(15);
    cluster.answerNormally();
    cluster.runSeconds(300);
    assertThat(cluster.api.pods).isEmpty();
  }

  @Test
  void aDeletionThatIsNotWantedAnyMoreIsNotRetried() {
    begin();
    cluster.pod("p", "a");
    cluster.fail(DeletePod.class);
    taintByHand("x");
    cluster.runUntil(102);
    cluster.changeNode("a", Nodes.tainted());
    cluster.answerNormally();
    cluster.forget().runUntil(1000);
    assertThat(cluster.texts()).isEmpty();
    assertThat(cluster.api.pods).hasSize(1);
  }

  @Test
  void aDeletionThatWaitsIsWithdrawnWhenTheTaintGoes() {
    begin();
    cluster.pod("p", "a").hold();
    taintByHand("x");
    cluster.changeNode("a", Nodes.tainted());
    cluster.send();
    assertThat(cluster.texts()).isEmpty();
  }

  @Test
  void theConditionsConflictWaitsForANewerPod() {
    begin();
    cluster.pod("p", "a");
    cluster.answer(write ->
        write instanceof MarkDisruptionTarget
            ? Optional.of(new Outcome.Conflict())
            : Optional.empty());
    taintByHand("x");
    assertThat(cluster.texts("condition")).hasSize(1);
    cluster.answerNormally();
    cluster.changePod("p", pod -> pod);
    cluster.step();
    assertThat(cluster.texts()).endsWith("condition p", "delete p");
    assertThat(cluster.times("delete p")).containsExactly(100000L);
  }

  @Test
  void anotherPodOfTheSameNameIsJudgedByItself() {
    begin();
    cluster.pod("p", "a").hold();
    taintByHand("x");
    var write = cluster.startNext();
    var other = Pods.withUid("another").andThen(Pods.tolerating("example.com/x"));
    cluster.deletePod("p");
    cluster.add(other.apply(Pods.pod("p", "a", cluster.wallClock())));
    cluster.finish(write);
    cluster.send();
    cluster.runSeconds(600);
    assertThat(cluster.texts("delete")).isEmpty();
    assertThat(cluster.api.pod("p").key().uid()).isEqualTo("another");
  }

  @Test
  void aPodThatIsGoneIsNotDeletedAgain() {
    begin();
    cluster.pod("p", "a");
    cluster.answer(write -> Optional.of(new Outcome.NotFound()));
    taintByHand("x");
    cluster.runSeconds(600);
    assertThat(cluster.texts())
        .containsExactly("condition p", "event TaintManagerEviction p Marking");
  }

  @Test
  void afterEverythingIsGoneNothingIsRemembered() {
    begin();
    cluster.pod("p", "a", "unreachable=300").pod("q", "a", "example.com/x=5").pod("r", "b");
    taintByHand("x");
    cluster.fail(DeletePod.class);
    cluster.die("a", "b");
    cluster.runUntil(1000);
    for (var pod : List.copyOf(cluster.api.pods.keySet())) {
      cluster.deletePod(pod);
    }
    for (var node : List.copyOf(cluster.api.nodes.keySet())) {
      cluster.deleteNode(node);
      cluster.observe(new Observation.LeaseGone(node));
    }
    cluster.runSeconds(10);
    assertThat(cluster.controller().remembered()).isZero();
  }

  @Test
  void theSameObservationsGiveTheSameActions() {
    assertThat(story()).isEqualTo(story()).hasSizeGreaterThan(20);
  }

  private static List<Diary.Happening> story() {
    var cluster = new VirtualCluster();
    cluster.readyIn("x", "x1", "x2", "x3").readyIn("y", "y1", "y2", "y3");
    for (var i = 0; i < 12; i++) {
      cluster.pod("p" + i, (i % 2 == 0 ? "x" : "y") + (1 + i % 3), "unreachable=" + (10 + i));
    }
    cluster.sync().runUntil(60);
    cluster.changeNode("x3", Nodes.labelled("kubernetes.io/arch", "arm64"));
    cluster.die("x1", "x2");
    cluster.runUntil(200);
    cluster.revive("x1");
    cluster.die("y1", "y2");
    cluster.runUntil(400);
    cluster.deleteNode("x2");
    cluster.restart();
    return cluster.runUntil(600).diary.happenings();
  }
}
