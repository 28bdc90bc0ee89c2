package io.nodelifecycle.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.UnknownCondition;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.health.HealthPolicy;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When nodes are declared silent, and what is written then. The grace period is 50 s. */
final class NodeSilenceTest {
  private final VirtualCluster cluster = new VirtualCluster();

  @Test
  void nothingIsDecidedBeforeAllCachesAreComplete() {
    cluster.add(
        Nodes.labelled("kubernetes.io/os", "linux")
            .apply(Nodes.node("a", ConditionStatus.FALSE, cluster.wallClock())));
    cluster.list(Resource.NODES);
    cluster.list(Resource.PODS);
    cluster.runSeconds(1000);
    assertThat(cluster.diary.happenings()).isEmpty();
    assertThat(cluster.controller().isSynced()).isFalse();
    cluster.list(Resource.LEASES);
    cluster.step();
    assertThat(cluster.controller().isSynced()).isTrue();
    assertThat(cluster.texts()).contains("labels a");
  }

  @Test
  void aNodeIsSilentAfterTheGracePeriodAndNotBefore() {
    cluster.ready("a", "b").sync().runSeconds(100);
    cluster.die("a");
    cluster.runSeconds(50);
    assertThat(cluster.texts("status")).isEmpty();
    cluster.run(Duration.ofNanos(1));
    assertThat(cluster.texts("status")).containsExactly("status a");
    assertThat(cluster.api.node("a").ready()).isEqualTo(ConditionStatus.UNKNOWN);
    assertThat(cluster.api.node("b").ready()).isEqualTo(ConditionStatus.TRUE);
  }

  @Test
  void theWriteMakesWhatAKubeletPostsUnknownAndNothingElse() {
    cluster.ready("a", "b").sync().runSeconds(100);
    var clock = cluster.wallClock();
    cluster.changeNode(
        "a", Nodes.condition("NetworkUnavailable", ConditionStatus.FALSE, clock, clock));
    cluster.changeNode("a", Nodes.condition("DiskPressure", ConditionStatus.FALSE, clock, clock));
    cluster.die("a");
    cluster.runSeconds(60);
    var writes =
        cluster.diary.happenings().stream()
            .map(Diary.Happening::action)
            .filter(PatchNodeStatus.class::isInstance)
            .map(PatchNodeStatus.class::cast)
            .toList();
    var created = cluster.api.node("a").creationTimestamp();
    assertThat(writes).hasSize(1);
    assertThat(writes.getFirst().conditions())
        .containsExactly(
            new UnknownCondition("Ready", null),
            new UnknownCondition("MemoryPressure", created),
            new UnknownCondition("DiskPressure", null),
            new UnknownCondition("PIDPressure", created));
  }

  /** The startup grace period is 60 s. */
  @ParameterizedTest
  @ValueSource(strings = {"PT0.1S", "PT5S", "PT60S"})
  void aNodeIsJudgedRightAfterItsGracePeriodWhateverTheMonitorPeriodIs(Duration period) {
    var watched = new VirtualCluster(monitoredEach(period));
    watched.ready("a", "b").sync().runUntil(100);
    watched.die("a");
    watched.add(Nodes.node("c", ConditionStatus.ABSENT, watched.wallClock()));
    watched.runUntil(150);
    assertThat(watched.texts("status")).isEmpty();
    watched.run(Duration.ofNanos(1));
    assertThat(watched.texts("status")).containsExactly("status a");
    watched.runUntil(160);
    assertThat(watched.texts("status")).containsExactly("status a");
    watched.run(Duration.ofNanos(1));
    assertThat(watched.texts("status")).containsExactly("status a", "status c");
  }

  private static CorePolicy monitoredEach(Duration period) {
    var defaults = VirtualCluster.with(new LiveChecks(false, true));
    var health = defaults.health();
    return new CorePolicy(
        new HealthPolicy(period, health.monitorGrace(), health.startupGrace()),
        defaults.disruption(),
        defaults.eviction(),
        true,
        true,
        true,
        Optional.empty(),
        defaults.live());
  }

  @Test
  void nodeNotReadyIsSaidOnceAndAfterTheWrite() {
    cluster.ready("a", "b").sync().runSeconds(100);
    cluster.forget().die("a");
    cluster.runSeconds(600);
    assertThat(cluster.texts("event NodeNotReady")).containsExactly("event NodeNotReady a");
    assertThat(cluster.texts()).startsWith("status a", "event NodeNotReady a");
  }

  @Test
  void nodeNotReadyIsSaidEvenIfTheAnswerToTheWriteWasLost() {
    cluster.ready("a", "b").sync().runSeconds(100);
    cluster.hold();
    cluster.die("a");
    cluster.runSeconds(51);
    var write = cluster.startNext();
    cluster.api.apply(write, cluster.wallClock());
    cluster.finish(write, new Outcome.Failed("timeout", Duration.ZERO));
    cluster.changeNode("a", node -> node);
    cluster.send();
    cluster.runSeconds(600);
    assertThat(cluster.texts("event NodeNotReady")).containsExactly("event NodeNotReady a");
    assertThat(cluster.texts("status")).containsExactly("status a");
  }

  @Test
  void aNodeWhoseKubeletSaidNotReadyGetsNoSuchEvent() {
    cluster.ready("a", "b").sync().runSeconds(100);
    cluster.post("a", ConditionStatus.FALSE);
    cluster.die("a");
    cluster.runSeconds(600);
    assertThat(cluster.texts("status")).containsExactly("status a");
    assertThat(cluster.texts("event NodeNotReady")).isEmpty();
  }

  @Test
  void aNodeThatNeverPostedHasTheStartupGrace() {
    cluster.ready("b").sync().runSeconds(100);
    cluster.add(Nodes.node("a", ConditionStatus.ABSENT, cluster.wallClock()));
    cluster.runSeconds(60);
    assertThat(cluster.texts("status")).isEmpty();
    cluster.run(Duration.ofNanos(1));
    assertThat(cluster.texts("status")).containsExactly("status a");
    assertThat(cluster.texts("event NodeNotReady")).isEmpty();
    cluster.runSeconds(600);
    assertThat(cluster.texts("status")).containsExactly("status a");
  }

  @Test
  void aNodeThatRenewsItsLeaseButNeverPostedIsLeftAlone() {
    cluster.ready("a", "b").sync().runSeconds(100);
    cluster.changeNode(
        "a",
        Nodes.condition(NodeCondition.READY, ConditionStatus.ABSENT, null, cluster.wallClock()));
    cluster.forget().runSeconds(3600);
    assertThat(cluster.texts()).isEmpty();
  }

  @Test
  void whatAKubeletPostedMeanwhileIsNotOverwritten() {
    cluster.ready("a", "b").sync().runSeconds(100);
    cluster.hold();
    cluster.die("a");
    cluster.runSeconds(51);
    var write = cluster.startNext();
    var clock = cluster.wallClock();
    var posted =
        cluster.api.store(
            Nodes.condition(NodeCondition.READY, ConditionStatus.TRUE, clock, clock)
                .apply(cluster.api.node("a")));
    cluster.finish(write);
    cluster.send();
    assertThat(cluster.api.node("a").ready()).isEqualTo(ConditionStatus.TRUE);
    cluster.observe(new Observation.NodeSeen(posted, false, clock));
    cluster.runSeconds(40);
    assertThat(cluster.texts("status")).containsExactly("status a");
    assertThat(cluster.api.node("a").ready()).isEqualTo(ConditionStatus.TRUE);
  }

  @Test
  void aConflictIsJudgedAgainAsSoonAsANewerVersionIsSeen() {
    cluster.ready("a", "b").sync().runSeconds(100);
    cluster.hold();
    cluster.die("a");
    cluster.runSeconds(51);
    var write = cluster.startNext();
    var newer = cluster.api.store(cluster.api.node("a"));
    cluster.finish(write);
    cluster.send();
    assertThat(cluster.texts("status")).hasSize(1);
    cluster.observe(new Observation.NodeSeen(newer, false, cluster.wallClock()));
    cluster.step();
    assertThat(cluster.texts("status")).hasSize(2);
    assertThat(cluster.api.node("a").ready()).isEqualTo(ConditionStatus.UNKNOWN);
  }

  @Test
  void aFailureIsRetriedWithDoublingWaitsUntilItIsDone() {
    cluster.ready("a", "b").sync().runUntil(100);
    cluster.die("a");
    cluster.fail(PatchNodeStatus.class);
    cluster.runUntil(600);
    assertThat(cluster.times("status a"))
        .containsExactly(
            150000L, 151000L, 153000L, 157000L, 165000L, 181000L, 213000L, 277000L, 405000L);
    cluster.answerNormally();
    cluster.runUntil(700);
    assertThat(cluster.times("status a")).endsWith(405000L, 661000L);
  }

  @Test
  void retryAfterIsObeyed() {
    cluster.ready("a", "b").sync().runUntil(100);
    cluster.die("a");
    var busy = new Outcome.Failed("429", Duration.ofSeconds(30));
    cluster.answer(write -> Optional.of(busy));
    cluster.runUntil(220);
    assertThat(cluster.times("status a")).containsExactly(150000L, 180000L, 210000L);
  }

  @Test
  void aNodeThatIsHeardAgainBeforeTheWriteIsLeftAlone() {
    cluster.ready("a", "b").sync().runSeconds(100);
    cluster.hold();
    cluster.die("a");
    cluster.runSeconds(51);
    assertThat(cluster.waiting()).hasSize(1);
    cluster.renew("a");
    cluster.step();
    cluster.forget().send();
    assertThat(cluster.texts()).isEmpty();
    cluster.runSeconds(50);
    assertThat(cluster.texts()).isEmpty();
    cluster.run(Duration.ofNanos(1));
    assertThat(cluster.texts("status")).containsExactly("status a");
  }

  @Test
  void statusesWithoutLeasesAreHeartbeatsToo() {
    cluster.ready("a", "b").sync().runSeconds(100);
    cluster.die("a");
    for (var post = 0; post < 20; post++) {
      cluster.runSeconds(49);
      cluster.post("a", ConditionStatus.TRUE);
    }
    assertThat(cluster.texts("status")).isEmpty();
  }

  @Test
  void nothingIsConcludedForOneGracePeriodAfterAPause() {
    cluster.ready("a", "b").sync().runUntil(100);
    cluster.die("a");
    cluster.runUntil(140);
    cluster.observe(new Observation.Paused(Duration.ofMillis(10_001)));
    cluster.runUntil(1000);
    assertThat(cluster.times("status a")).containsExactly(190000L);
  }

  @Test
  void aShortPauseOrBreakChangesNothing() {
    cluster.ready("a", "b").sync().runUntil(100);
    cluster.die("a");
    cluster.runUntil(140);
    cluster.observe(new Observation.Paused(Duration.ofSeconds(10)));
    for (var resource : List.of(Resource.NODES, Resource.LEASES)) {
      cluster.observe(new Observation.WatchBroken(resource));
      cluster.observe(new Observation.WatchRestored(resource, Duration.ofSeconds(10)));
    }
    cluster.observe(new Observation.WatchRestored(Resource.PODS, Duration.ofHours(1)));
    cluster.runUntil(1000);
    assertThat(cluster.times("status a")).containsExactly(150000L);
  }

  @Test
  void nothingIsConcludedWhileAWatchIsBrokenAndForOneGracePeriodAfterwards() {
    cluster.ready("a", "b").sync().runUntil(100);
    cluster.die("a");
    cluster.observe(new Observation.WatchBroken(Resource.LEASES));
    cluster.runUntil(300);
    assertThat(cluster.texts("status")).isEmpty();
    cluster.observe(new Observation.WatchRestored(Resource.LEASES, Duration.ofSeconds(200)));
    cluster.runUntil(1000);
    assertThat(cluster.times("status a")).containsExactly(350000L);
  }

  @Test
  void aBreakThatEndsSoonLetsASuspectBeJudgedThen() {
    cluster.ready("a", "b").sync().runUntil(145);
    cluster.die("a");
    cluster.runUntil(185);
    cluster.observe(new Observation.WatchBroken(Resource.NODES));
    cluster.runUntil(194);
    assertThat(cluster.texts("status")).isEmpty();
    cluster.observe(new Observation.WatchRestored(Resource.NODES, Duration.ofSeconds(9)));
    cluster.runUntil(300);
    assertThat(cluster.times("status a")).containsExactly(194000L);
  }

  @Test
  void nothingIsConcludedForOneGracePeriodAfterAColdStart() {
    cluster.ready("b");
    cluster.add(
        Nodes.node("old", ConditionStatus.ABSENT, cluster.wallClock().minus(Duration.ofDays(1))));
    cluster.sync().runUntil(300);
    assertThat(cluster.times("status old")).containsExactly(50000L);
  }
}
