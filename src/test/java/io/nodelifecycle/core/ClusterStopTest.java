package io.nodelifecycle.core;

import static io.nodelifecycle.core.VirtualCluster.taint;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.model.ConditionStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens while every zone looks dead: the controller is probably the one cut off. */
final class ClusterStopTest {
  private final VirtualCluster cluster = new VirtualCluster();

  private void twoZones() {
    cluster.readyIn("x", "x1", "x2").readyIn("y", "y1", "y2").sync().runUntil(100);
    cluster.forget();
  }

  private List<String> evicting() {
    return cluster.texts("taints").stream()
        .filter(text -> text.contains("+un") && text.contains("NoExecute"))
        .toList();
  }

  @Test
  void whenAllNodesFallSilentAtOnceNoneIsTaintedForEviction() {
    twoZones();
    cluster.die("x1", "x2", "y1", "y2");
    cluster.runSeconds(600);
    assertThat(cluster.texts("status")).hasSize(4);
    assertThat(evicting()).isEmpty();
    assertThat(cluster.taints("x1")).containsExactly("unreachable:NoSchedule");
  }

  @Test
  void whenTheyFallSilentOneAfterTheOtherTheQueuesHoldForTheLast() {
    twoZones();
    for (var name : List.of("x1", "x2", "y1", "y2")) {
      cluster.die(name);
      cluster.runSeconds(6);
    }
    cluster.runSeconds(600);
    assertThat(cluster.texts("status")).hasSize(4);
    assertThat(evicting()).isEmpty();
  }

  @Test
  void theQueuesHoldUntilSomeNodeWasHeardWithinHalfItsGrace() {
    twoZones();
    cluster.die("x1");
    cluster.runUntil(120);
    cluster.die("x2", "y1", "y2");
    cluster.runUntil(155);
    cluster.run(Duration.ofMillis(500));
    assertThat(cluster.texts("status x1")).hasSize(1);
    assertThat(evicting()).as("all others were last heard at 120 s").isEmpty();
    cluster.renew("y2");
    cluster.run(Duration.ofMillis(100));
    assertThat(evicting()).hasSize(1);
  }

  /**
   * A node is tainted already when the process starts, and all others are cut off just then. Their
   * silence is only known when leases were read live, a moment after patience is over: what is due
   * by then must not go in that moment.
   */
  @Test
  void podsAreHeldWhereTheSilenceOfAllIsStillToBeConfirmed() {
    var cluster = new VirtualCluster(VirtualCluster.with(new LiveChecks(true, true)));
    cluster.ready("a", "b", "c").pod("p", "a");
    cluster.die("a", "b", "c");
    cluster.changeNode("a", Nodes.tainted(taint("unreachable", "NoExecute")));
    cluster.post("a", ConditionStatus.UNKNOWN);
    cluster.sync().runUntil(600);
    assertThat(cluster.texts("status")).containsExactlyInAnyOrder("status b", "status c");
    assertThat(cluster.controller().status(cluster.now()).isStopped()).isTrue();
    assertThat(cluster.texts("delete")).isEmpty();
    assertThat(cluster.taints("a")).doesNotContain("unreachable:NoExecute");
  }

  @Test
  void podsThatWereHeldGoWhenSomeNodeIsHeardAgain() {
    var cluster = new VirtualCluster(VirtualCluster.with(new LiveChecks(true, true)));
    cluster.ready("a", "b").pod("p", "a");
    cluster.changeNode("a", Nodes.tainted(taint("unreachable", "NoExecute")));
    cluster.post("a", ConditionStatus.UNKNOWN);
    cluster.die("a");
    cluster.sync().runUntil(20);
    cluster.die("b");
    cluster.runUntil(52);
    assertThat(cluster.texts("delete")).as("b was last heard at 20 s").isEmpty();
    cluster.renew("b");
    cluster.step();
    assertThat(cluster.texts("delete")).containsExactly("delete p");
  }

  @Test
  void theStopTakesEvictingTaintsOffAndLeavesHandSetOnes() {
    twoZones();
    cluster.changeNode("x1", Nodes.tainted(taint("example.com/mine", "NoExecute")));
    cluster.post("x1", ConditionStatus.FALSE);
    cluster.runSeconds(1);
    assertThat(cluster.taints("x1")).contains("not-ready:NoExecute");
    cluster.post("x2", ConditionStatus.FALSE);
    cluster.post("y1", ConditionStatus.FALSE);
    cluster.post("y2", ConditionStatus.FALSE);
    cluster.runSeconds(1);
    assertThat(cluster.taints("x1"))
        .containsExactly("example.com/mine:NoExecute", "not-ready:NoSchedule");
  }

  @Test
  void theStopTakesOffATaintWhoseWriteWasUnderWay() {
    twoZones();
    cluster.hold();
    cluster.post("x1", ConditionStatus.FALSE);
    cluster.step();
    var write = cluster.startNext();
    assertThat(((PatchNodeTaints) write).added()).hasSize(2);
    for (var name : List.of("x2", "y1", "y2")) {
      cluster.post(name, ConditionStatus.FALSE);
    }
    cluster.step();
    cluster.finish(write);
    cluster.send();
    assertThat(cluster.taints("x1")).containsExactly("not-ready:NoSchedule");
  }

  @Test
  void noPodIsDeletedForItsNodesHealthDuringTheStopAndHandSetTaintsStillEvict() {
    twoZones();
    cluster.pod("health", "x1", "not-ready=30").pod("hand", "x2", "not-ready");
    cluster.post("x1", ConditionStatus.FALSE);
    cluster.runSeconds(20);
    cluster.fail(PatchNodeTaints.class);
    for (var name : List.of("x2", "y1", "y2")) {
      cluster.post(name, ConditionStatus.FALSE);
    }
    cluster.runSeconds(300);
    assertThat(cluster.texts("delete")).isEmpty();
    cluster.changeNode("x2", Nodes.tainted(taint("example.com/mine", "NoExecute")));
    cluster.runSeconds(1);
    assertThat(cluster.texts("delete")).containsExactly("delete hand");
  }

  @Test
  void leavingTheStopGivesEveryNodeAFreshStartAndAnEmptyLimiter() {
    twoZones();
    cluster.die("x1", "x2", "y1", "y2");
    cluster.runUntil(300);
    cluster.forget().revive("y1", "y2");
    cluster.runUntil(309);
    assertThat(evicting()).isEmpty();
    cluster.runUntil(400);
    assertThat(cluster.times("taints x1 +unreachable:NoExecute")).containsExactly(310000L);
    assertThat(cluster.times("taints x2 +unreachable:NoExecute")).containsExactly(320000L);
  }

  @Test
  void aNodeThatIsStillSilentWithReadyTrueIsJudgedAnewAfterTheStop() {
    twoZones();
    cluster.fail(Action.PatchNodeStatus.class);
    cluster.die("x1", "x2", "y1", "y2");
    cluster.runUntil(300);
    cluster.answerNormally();
    cluster.forget().revive("y1", "y2");
    cluster.runUntil(350);
    assertThat(cluster.texts("status")).isEmpty();
    cluster.runUntil(351);
    assertThat(cluster.texts("status")).containsExactly("status x1", "status x2");
  }

  /** x1 carries a taint of which the countdowns end in the stop, and no removal gets through. */
  private void aStopThatCannotShed() {
    twoZones();
    cluster.pod("p", "x1", "not-ready=30", "unreachable=30");
    cluster.post("x1", ConditionStatus.FALSE);
    cluster.runSeconds(20);
    cluster.fail(PatchNodeTaints.class);
    for (var name : List.of("x2", "y1", "y2")) {
      cluster.post(name, ConditionStatus.FALSE);
    }
    cluster.runUntil(180);
    assertThat(cluster.taints("x1")).contains("not-ready:NoExecute");
    cluster.forget();
  }

  private List<String> deletions() {
    return cluster.texts().stream()
        .filter(text -> text.startsWith("delete") || text.startsWith("condition"))
        .toList();
  }

  @Test
  void aTaintThatOutlastsTheStopGoesAndTakesNoPodAlong() {
    aStopThatCannotShed();
    cluster.post("y1", ConditionStatus.TRUE);
    cluster.runUntil(182);
    assertThat(deletions()).isEmpty();
    assertThat(cluster.taints("x1")).contains("not-ready:NoExecute");
    cluster.answerNormally();
    cluster.runUntil(400);
    assertThat(cluster.times("taints x1 -not-ready:NoExecute"))
        .as("the next try")
        .containsExactly(183_000L);
    assertThat(cluster.times("taints x2 +not-ready:NoExecute")).containsExactly(190_000L);
    assertThat(cluster.times("taints x1 +not-ready:NoExecute"))
        .as("after x2, which waited in the queue before it")
        .containsExactly(200_000L);
    assertThat(cluster.times("delete p")).containsExactly(230_000L);
  }

  @Test
  void aNodeThatIsWellBeforeItsTaintIsOffLosesNoPod() {
    aStopThatCannotShed();
    cluster.post("y1", ConditionStatus.TRUE);
    cluster.runUntil(185);
    cluster.post("x1", ConditionStatus.TRUE);
    cluster.answerNormally();
    cluster.runUntil(600);
    assertThat(cluster.taints("x1")).isEmpty();
    assertThat(deletions()).isEmpty();
  }

  @Test
  void aNodeThatWasWellInBetweenStillShedsWhatItCarriedIntoTheStop() {
    aStopThatCannotShed();
    cluster.post("y1", ConditionStatus.TRUE);
    cluster.runUntil(185);
    cluster.post("x1", ConditionStatus.TRUE);
    cluster.runUntil(190);
    cluster.post("x1", ConditionStatus.FALSE);
    cluster.runUntil(200);
    assertThat(deletions()).isEmpty();
    cluster.answerNormally();
    cluster.runUntil(300);
    assertThat(cluster.texts("taints x1")).first().asString().endsWith("-not-ready:NoExecute");
  }

  @Test
  void whatSomebodyTaintsByHandEvictsFromANodeThatShedsItsTaint() {
    aStopThatCannotShed();
    cluster.post("y1", ConditionStatus.TRUE);
    cluster.runUntil(185);
    cluster.changeNode("x1", Nodes.tainted(taint("example.com/mine", "NoExecute")));
    cluster.runSeconds(1);
    assertThat(deletions()).containsExactly("condition p", "delete p");
  }

  @Test
  void aDeletionThatWaitedFromBeforeTheStopUntilAfterItIsDropped() {
    twoZones();
    cluster.pod("p", "x1", "not-ready=30");
    cluster.post("x1", ConditionStatus.FALSE);
    cluster.runSeconds(20);
    cluster.hold();
    cluster.runSeconds(20);
    assertThat(cluster.waiting()).hasAtLeastOneElementOfType(Action.MarkDisruptionTarget.class);
    for (var name : List.of("x2", "y1", "y2")) {
      cluster.post(name, ConditionStatus.FALSE);
    }
    cluster.runSeconds(5);
    cluster.post("y1", ConditionStatus.TRUE);
    cluster.step();
    cluster.send();
    assertThat(deletions()).isEmpty();
    assertThat(cluster.taints("x1")).containsExactly("not-ready:NoSchedule");
  }

  @Test
  void aTaintWhoseWriteWasUnderWayFromBeforeTheStopUntilAfterItGoesAgain() {
    twoZones();
    cluster.pod("p", "x1");
    cluster.hold();
    cluster.post("x1", ConditionStatus.FALSE);
    cluster.step();
    var write = cluster.startNext();
    for (var name : List.of("x2", "y1", "y2")) {
      cluster.post(name, ConditionStatus.FALSE);
    }
    cluster.step();
    cluster.post("y1", ConditionStatus.TRUE);
    cluster.step();
    cluster.finish(write);
    cluster.send();
    assertThat(deletions()).isEmpty();
    assertThat(cluster.taints("x1")).containsExactly("not-ready:NoSchedule");
  }

  @Test
  void excludedNodesDoNotCount() {
    twoZones();
    cluster.changeNode("x1", Nodes.labelled("node.kubernetes.io/exclude-disruption", ""));
    for (var name : List.of("x2", "y1", "y2")) {
      cluster.post(name, ConditionStatus.FALSE);
    }
    cluster.runSeconds(60);
    assertThat(cluster.texts("taints").stream().filter(text -> text.contains("NoExecute")))
        .isEmpty();
  }

  @Test
  void aClusterOfOneNodeIsStopped() {
    cluster.ready("a").pod("p", "a").sync().runUntil(100);
    cluster.die("a");
    cluster.runUntil(600);
    assertThat(cluster.taints("a")).containsExactly("unreachable:NoSchedule");
    assertThat(cluster.texts("delete")).isEmpty();
  }
}
