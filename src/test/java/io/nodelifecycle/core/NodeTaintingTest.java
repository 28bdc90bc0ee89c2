package io.nodelifecycle.core;

import static io.nodelifecycle.core.VirtualCluster.taint;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.eviction.EvictionPolicy;
import io.nodelifecycle.core.health.HealthPolicy;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.zone.DisruptionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is written to nodes: taints of both effects, the rate of their zones, labels. */
final class NodeTaintingTest {
  private final VirtualCluster cluster = new VirtualCluster();

  /** Ten nodes, all ready, a hundred seconds after the start. */
  private void tenReadyNodes() {
    cluster.ready("a", "b", "c", "d", "e", "f", "g", "h", "i", "j").sync().runUntil(100);
    cluster.forget();
  }

  @Test
  void bothEffectsGoOutInOneWrite() {
    tenReadyNodes();
    cluster.post("a", ConditionStatus.FALSE);
    cluster.runSeconds(1);
    assertThat(cluster.texts())
        .containsExactly("taints a +not-ready:NoSchedule +not-ready:NoExecute");
  }

  @Test
  void theTaintsFollowTheConditionAtOnceInOneWriteEach() {
    tenReadyNodes();
    cluster.post("a", ConditionStatus.FALSE);
    cluster.runSeconds(1);
    cluster.die("a");
    cluster.runSeconds(60);
    cluster.revive("a");
    cluster.runSeconds(1);
    assertThat(cluster.texts())
        .containsExactly(
            "taints a +not-ready:NoSchedule +not-ready:NoExecute",
            "status a",
            "taints a +unreachable:NoSchedule +unreachable:NoExecute"
                + " -not-ready:NoSchedule -not-ready:NoExecute",
            "taints a -unreachable:NoSchedule -unreachable:NoExecute");
    assertThat(cluster.taints("a")).isEmpty();
  }

  @Test
  void foreignTaintsSurvive() {
    tenReadyNodes();
    cluster.changeNode("a", Nodes.tainted(taint("example.com/mine", "NoExecute")));
    cluster.post("a", ConditionStatus.FALSE);
    cluster.runSeconds(1);
    cluster.post("a", ConditionStatus.TRUE);
    cluster.runSeconds(1);
    assertThat(cluster.taints("a")).containsExactly("example.com/mine:NoExecute");
  }

  @Test
  void aZoneLetsOneNodeOutEveryTenSecondsOldestFirst() {
    tenReadyNodes();
    cluster.post("c", ConditionStatus.FALSE);
    cluster.step();
    cluster.post("a", ConditionStatus.FALSE);
    cluster.step();
    cluster.post("b", ConditionStatus.FALSE);
    cluster.runSeconds(60);
    assertThat(cluster.texts("taints"))
        .containsExactly(
            "taints c +not-ready:NoSchedule +not-ready:NoExecute",
            "taints a +not-ready:NoSchedule",
            "taints b +not-ready:NoSchedule",
            "taints a +not-ready:NoExecute",
            "taints b +not-ready:NoExecute");
    assertThat(cluster.times("taints a +not-ready:NoExecute")).containsExactly(110000L);
    assertThat(cluster.times("taints b +not-ready:NoExecute")).containsExactly(120000L);
  }

  @Test
  void aNodeThatIsReadyAgainLeavesTheQueue() {
    tenReadyNodes();
    for (var name : List.of("a", "b", "c")) {
      cluster.post(name, ConditionStatus.FALSE);
      cluster.step();
    }
    cluster.post("b", ConditionStatus.TRUE);
    cluster.runSeconds(60);
    assertThat(cluster.texts("taints b"))
        .containsExactly("taints b +not-ready:NoSchedule", "taints b -not-ready:NoSchedule");
    assertThat(cluster.times("taints c +not-ready:NoExecute")).containsExactly(110000L);
  }

  @Test
  void aNodeWithoutReadyIsNotQueuedAndKeepsItsTaints() {
    tenReadyNodes();
    cluster.post("a", ConditionStatus.FALSE);
    cluster.runSeconds(1);
    cluster.changeNode(
        "a", Nodes.condition(NodeCondition.READY, ConditionStatus.ABSENT, null, cluster.now()));
    cluster.runSeconds(30);
    assertThat(cluster.taints("a")).containsExactly("not-ready:NoExecute");
  }

  @Test
  void aTaintThatSomeoneTookOffIsQueuedAgain() {
    tenReadyNodes();
    cluster.post("a", ConditionStatus.FALSE);
    cluster.runSeconds(1);
    cluster.forget().changeNode("a", Nodes.tainted());
    cluster.runSeconds(60);
    assertThat(cluster.times("taints a +not-ready:NoSchedule")).containsExactly(101000L);
    assertThat(cluster.times("taints a +not-ready:NoExecute")).containsExactly(110000L);
  }

  @Test
  void retriesOfAFailedTaintDoNotHoldUpTheZone() {
    tenReadyNodes();
    var failed = new Outcome.Failed("denied", Duration.ZERO);
    cluster.answer(write ->
        write instanceof PatchNodeTaints taints && taints.node().name().equals("a")
            ? Optional.of(failed)
            : Optional.empty());
    cluster.post("a", ConditionStatus.FALSE);
    cluster.step();
    cluster.post("b", ConditionStatus.FALSE);
    cluster.runSeconds(20);
    assertThat(cluster.times("taints b +not-ready:NoExecute")).containsExactly(110000L);
    assertThat(cluster.times("taints a"))
        .containsExactly(100000L, 101000L, 103000L, 107000L, 115000L);
  }

  @Test
  void everyZoneHasItsOwnRate() {
    cluster.readyIn("x", "x1", "x2", "x3").readyIn("y", "y1", "y2", "y3").sync().runUntil(100);
    cluster.forget();
    for (var name : List.of("x1", "x2", "y1", "y2")) {
      cluster.post(name, ConditionStatus.FALSE);
    }
    cluster.runSeconds(60);
    assertThat(cluster.texts("taints y1")).hasSize(1);
    assertThat(cluster.times("taints x2 +not-ready:NoExecute")).containsExactly(110000L);
    assertThat(cluster.times("taints y2 +not-ready:NoExecute")).containsExactly(110000L);
  }

  @Test
  void aNodeThatChangesItsZoneIsTaintedThere() {
    cluster.readyIn("x", "x1", "x2", "x3", "x4").readyIn("y", "y1", "y2").sync().runUntil(100);
    cluster.forget();
    cluster.post("x1", ConditionStatus.FALSE);
    cluster.post("x2", ConditionStatus.FALSE);
    cluster.step();
    cluster.changeNode("x2", Nodes.inZone("y"));
    cluster.step();
    assertThat(cluster.texts("taints"))
        .contains("taints x2 +not-ready:NoSchedule", "taints x2 +not-ready:NoExecute");
    assertThat(cluster.times("taints x2 +not-ready:NoExecute")).containsExactly(100000L);
  }

  @Test
  void aPartlyDisruptedSmallZoneStops() {
    tenReadyNodes();
    for (var name : List.of("a", "b", "c", "d", "e", "f")) {
      cluster.post(name, ConditionStatus.FALSE);
    }
    cluster.runSeconds(600);
    var tainted = cluster.texts("taints").stream().filter(text -> text.contains("NoExecute"));
    assertThat(tainted).isEmpty();
    cluster.forget().post("f", ConditionStatus.TRUE);
    cluster.runSeconds(5);
    assertThat(cluster.texts()).containsExactly("taints f -not-ready:NoSchedule");
    cluster.runSeconds(5);
    assertThat(cluster.texts()).endsWith("taints a +not-ready:NoExecute");
  }

  @Test
  void theVerdictOnAZoneIsNewWhenATaintRestsOnItThoughOnlyNodesVanished() {
    tenReadyNodes();
    for (var name : List.of("a", "b", "c", "d")) {
      cluster.post(name, ConditionStatus.FALSE);
    }
    cluster.runUntil(109);
    cluster.run(Duration.ofMillis(999));
    assertThat(cluster.texts("taints b +not-ready:NoExecute")).isEmpty();
    for (var name : List.of("g", "h", "i", "j")) {
      cluster.deleteNode(name);
    }
    cluster.runSeconds(60);
    assertThat(cluster.texts("taints b +not-ready:NoExecute")).isEmpty();
  }

  @Test
  void conditionTaintsCanBeSwitchedOff() {
    var without =
        new VirtualCluster(
            new CorePolicy(
                HealthPolicy.defaults(),
                DisruptionPolicy.defaults(),
                EvictionPolicy.defaults(),
                true,
                true,
                false,
                Optional.empty(),
                LiveChecks.none()));
    without.ready("a", "b").sync().runUntil(100);
    without.forget().post("a", ConditionStatus.FALSE);
    without.runSeconds(60);
    assertThat(without.texts()).containsExactly("taints a +not-ready:NoExecute");
  }

  @Test
  void withoutTheNodeControllerNothingIsWrittenToNodes() {
    var without =
        new VirtualCluster(
            new CorePolicy(
                HealthPolicy.defaults(),
                DisruptionPolicy.defaults(),
                EvictionPolicy.defaults(),
                false,
                true,
                true,
                Optional.empty(),
                LiveChecks.defaults()));
    without.ready("a", "b").pod("p", "a").sync().runUntil(100);
    without.die("a", "b");
    without.changeNode("b", Nodes.labelled("kubernetes.io/os", "linux"));
    without.runSeconds(600);
    assertThat(without.texts()).isEmpty();
  }

  @Test
  void labelsAreCompletedAfterEverythingElse() {
    tenReadyNodes();
    cluster.changeNode("a", Nodes.labelled("kubernetes.io/os", "linux"));
    cluster.post("a", ConditionStatus.FALSE);
    cluster.runSeconds(1);
    assertThat(cluster.texts())
        .containsExactly("taints a +not-ready:NoSchedule +not-ready:NoExecute", "labels a");
    assertThat(cluster.api.node("a").labels()).containsEntry("beta.kubernetes.io/os", "linux");
  }

  @Test
  void aConflictOnLabelsWaitsForANewerVersionOrTheBackoff() {
    tenReadyNodes();
    cluster.answer(write ->
        write instanceof PatchNodeLabels ? Optional.of(new Outcome.Conflict()) : Optional.empty());
    cluster.changeNode("a", Nodes.labelled("kubernetes.io/os", "linux"));
    cluster.runUntil(108);
    assertThat(cluster.times("labels a")).containsExactly(100000L, 101000L, 103000L, 107000L);
  }

  @Test
  void aDeniedLabelDoesNotHoldUpTaints() {
    tenReadyNodes();
    cluster.fail(PatchNodeLabels.class);
    cluster.changeNode("a", Nodes.labelled("kubernetes.io/os", "linux"));
    cluster.runSeconds(1);
    cluster.post("a", ConditionStatus.FALSE);
    cluster.step();
    assertThat(cluster.taints("a")).hasSize(2);
  }

  @Test
  void aMoreUrgentWriteReplacesTheOneThatWaits() {
    tenReadyNodes();
    cluster.hold();
    cluster.die("a");
    cluster.runUntil(145);
    cluster.changeNode("a", Nodes.labelled("kubernetes.io/os", "linux"));
    cluster.runUntil(155);
    assertThat(cluster.waiting().stream().map(ActionText::of))
        .containsExactly("labels a", "status a");
    cluster.send();
    assertThat(cluster.texts("status")).hasSize(1);
    assertThat(cluster.texts("labels")).hasSize(1);
    assertThat(cluster.texts())
        .containsSubsequence("status a", "taints a +unreachable:NoSchedule +unreachable:NoExecute");
  }

  @Test
  void aWriteThatWaitedIsSentAsItIsWantedNow() {
    tenReadyNodes();
    cluster.hold();
    cluster.post("a", ConditionStatus.FALSE);
    cluster.step();
    cluster.changeNode(
        "a", Nodes.condition("DiskPressure", ConditionStatus.TRUE, null, cluster.wallClock()));
    cluster.step();
    cluster.send();
    assertThat(cluster.texts())
        .containsExactly(
            "taints a +not-ready:NoSchedule +disk-pressure:NoSchedule +not-ready:NoExecute");
  }

  @Test
  void aWriteThatIsNotWantedAnyMoreIsWithdrawn() {
    tenReadyNodes();
    cluster.hold();
    cluster.post("a", ConditionStatus.FALSE);
    cluster.step();
    cluster.post("a", ConditionStatus.TRUE);
    cluster.step();
    cluster.send();
    cluster.runSeconds(60);
    assertThat(cluster.texts()).isEmpty();
  }

  @Test
  void newNodesAreRegisteredAndVanishedOnesRemoved() {
    cluster.ready("a", "b");
    cluster.add(Nodes.node("young", ConditionStatus.ABSENT, cluster.wallClock()));
    cluster.sync();
    assertThat(cluster.texts()).containsExactly("event RegisteredNode young");
    cluster.forget().ready("c").step();
    cluster.deleteNode("a");
    cluster.step();
    assertThat(cluster.texts()).containsExactly("event RegisteredNode c", "event RemovingNode a");
  }

  @Test
  void aRecreatedNodeIsANewNode() {
    tenReadyNodes();
    cluster.die("a");
    cluster.runUntil(145);
    cluster.add(
        Nodes.withUid("another").apply(Nodes.node("a", ConditionStatus.TRUE, cluster.wallClock())));
    cluster.runUntil(195);
    assertThat(cluster.texts()).containsExactly("event RemovingNode a", "event RegisteredNode a");
    cluster.runUntil(196);
    assertThat(cluster.texts("status")).containsExactly("status a");
  }

  @Test
  void aFreshLeaderLeavesTheTaintsOfNodesThatAreNotReady() {
    tenReadyNodes();
    cluster.post("a", ConditionStatus.FALSE);
    cluster.runSeconds(1);
    cluster.die("b");
    cluster.runSeconds(60);
    cluster.forget().restart();
    cluster.runSeconds(300);
    assertThat(cluster.texts()).isEmpty();
    assertThat(cluster.taints("a")).contains("not-ready:NoExecute");
    assertThat(cluster.taints("b")).contains("unreachable:NoExecute");
  }
}
