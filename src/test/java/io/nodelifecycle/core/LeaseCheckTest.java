package io.nodelifecycle.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.LeaseWatchBehind;
import io.nodelifecycle.core.Action.LeaseWatchCaughtUp;
import io.nodelifecycle.core.Action.LeaseWatchStuck;
import io.nodelifecycle.core.Action.LiveReadFailed;
import io.nodelifecycle.core.Action.LiveReadRecovered;
import io.nodelifecycle.core.Action.NodeSilent;
import io.nodelifecycle.core.Action.ReopenWatch;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Leases are read live before nodes are declared silent. The grace period is 50 s; kubelets renew
 * every 10 s, so one that dies at 100 s is a suspect just after 150 s.
 */
final class LeaseCheckTest {
  private VirtualCluster cluster = with(true);

  private static VirtualCluster with(boolean hasLeases) {
    return new VirtualCluster(VirtualCluster.with(new LiveChecks(hasLeases, true)));
  }

  private void begin(String... names) {
    cluster.ready(names).sync().runUntil(100);
    cluster.forget();
  }

  @Test
  void aDeadNodeIsSilentATenthOfASecondAfterItsGrace() {
    begin("a", "b");
    cluster.die("a");
    cluster.runUntil(600);
    assertThat(cluster.diary.reads()).containsExactly("lease of node a");
    assertThat(cluster.times("status a")).containsExactly(150_100L);
    assertThat(cluster.texts("event NodeNotReady")).containsExactly("event NodeNotReady a");
    assertThat(cluster.all(NodeSilent.class)).hasSize(1);
  }

  @Test
  void withTheGateOffNothingIsReadAndTheVerdictIsImmediate() {
    cluster = with(false);
    begin("a", "b");
    cluster.die("a");
    cluster.runUntil(600);
    assertThat(cluster.diary.reads()).isEmpty();
    assertThat(cluster.times("status a")).containsExactly(150_000L);
  }

  @Test
  void aNodeWithoutALeaseIsJudgedByItsStatusAlone() {
    begin("a", "b");
    cluster.die("a");
    cluster.dropLease("a");
    cluster.runUntil(600);
    assertThat(cluster.diary.reads()).containsExactly("lease of node a");
    assertThat(cluster.texts("status")).containsExactly("status a");
  }

  @Test
  void aLeaseThatWasDeletedUnheardIsNoSignOfLife() {
    begin("a", "b");
    cluster.die("a");
    cluster.lag(Resource.LEASES);
    cluster.dropLease("a");
    cluster.catchUp(Resource.LEASES);
    cluster.runUntil(600);
    assertThat(cluster.texts("status")).containsExactly("status a");
  }

  @Test
  void severalSuspectsAreReadInOneList() {
    begin("a", "b", "c", "d");
    cluster.die("a", "b", "c");
    cluster.runUntil(600);
    assertThat(cluster.diary.reads()).containsExactly("leases of all nodes");
    assertThat(cluster.texts("status")).containsExactly("status a", "status b", "status c");
    assertThat(cluster.times("status")).containsOnly(150_100L);
  }

  @Test
  void aSuspectThatIsHeardWhileOthersAreGatheredIsNone() {
    begin("a", "b");
    cluster.die("a");
    cluster.run(Duration.ofMillis(50_050));
    cluster.renew("a");
    cluster.runSeconds(20);
    assertThat(cluster.diary.reads()).isEmpty();
    assertThat(cluster.texts("status")).isEmpty();
    assertThat(cluster.controller().remembered()).isEqualTo(remembered("a", "b"));
    cluster.runUntil(600);
    assertThat(cluster.times("status a")).containsExactly(200_150L);
  }

  @Test
  void aSuspectThatIsDeletedLeavesNothingBehind() {
    begin("a", "b");
    cluster.die("a");
    cluster.run(Duration.ofMillis(50_050));
    cluster.deleteNode("a");
    cluster.dropLease("a");
    cluster.runSeconds(20);
    assertThat(cluster.diary.reads()).isEmpty();
    assertThat(cluster.controller().remembered()).isEqualTo(remembered("b"));
  }

  private static int remembered(String... names) {
    var other = with(true);
    other.ready(names).sync().runUntil(100);
    return other.controller().remembered();
  }

  @Test
  void listsAreAtLeastASecondApart() {
    var names = IntStream.range(0, 40).mapToObj(i -> "n" + i).toArray(String[]::new);
    begin(names);
    cluster.ready("alive");
    // They fall silent one after another, a fifteenth of a second apart.
    for (var i = 0; i < names.length; i++) {
      cluster.die(names[i]);
      cluster.run(Duration.ofMillis(67));
      cluster.renew(names[i]);
    }
    cluster.forget().runUntil(600);
    assertThat(cluster.texts("status")).hasSize(40);
    var lists =
        cluster.diary.happenings().stream()
            .filter(happening -> happening.action() instanceof Action.ReadLeases)
            .map(Diary.Happening::millis)
            .toList();
    assertThat(lists).hasSizeBetween(2, 4);
    for (var i = 1; i < lists.size(); i++) {
      assertThat(lists.get(i) - lists.get(i - 1)).isGreaterThanOrEqualTo(1000);
    }
    assertThat(cluster.times("status").getLast()).as("the last verdict").isLessThan(154_000L);
  }

  @Test
  void nobodyIsSilentWhileTheWatchIsBehind() {
    begin("a", "b", "c");
    cluster.pod("p", "a");
    cluster.lag(Resource.LEASES);
    cluster.runUntil(300);
    assertThat(cluster.texts()).isEmpty();
    assertThat(cluster.all(NodeSilent.class)).isEmpty();
    assertThat(cluster.diary.reads()).containsExactly("leases of all nodes");
    assertThat(cluster.all(LeaseWatchBehind.class)).containsExactly(new LeaseWatchBehind(1));
    assertThat(cluster.controller().leasesBehindSince()).isPresent();
    cluster.catchUp(Resource.LEASES);
    assertThat(cluster.all(LeaseWatchCaughtUp.class)).containsExactly(new LeaseWatchCaughtUp(149));
    assertThat(cluster.controller().leasesBehindSince()).isEmpty();
    cluster.runUntil(900);
    assertThat(cluster.texts()).isEmpty();
    assertThat(cluster.diary.reads()).hasSize(1);
  }

  @Test
  void aNodeThatDiedMeanwhileIsJudgedAfterTheWatchHasCaughtUp() {
    begin("a", "b", "c");
    cluster.die("a");
    cluster.lag(Resource.LEASES);
    cluster.runUntil(200);
    assertThat(cluster.texts()).isEmpty();
    cluster.catchUp(Resource.LEASES);
    cluster.runUntil(600);
    assertThat(cluster.texts("status")).containsExactly("status a");
    assertThat(cluster.times("status a")).containsExactly(200_100L);
    assertThat(cluster.diary.reads()).containsExactly("leases of all nodes", "lease of node a");
  }

  @Test
  void theWatchMustHavePassedTheNewestLeaseThatItLacked() {
    begin("a", "b", "c");
    cluster.die("c");
    cluster.lag(Resource.LEASES);
    cluster.runUntil(160);
    cluster.observe(new Observation.LeaseSeen("other", "112"));
    cluster.step();
    assertThat(cluster.controller().leasesBehindSince()).as("long past").isPresent();
    cluster.observe(new Observation.LeaseSeen("other", cluster.api.nextVersion()));
    cluster.step();
    assertThat(cluster.controller().leasesBehindSince()).isEmpty();
  }

  @Test
  void aLiveNodeIsNotReadAgainBecauseItsAnswerRacedWithTheWatch() {
    begin("a", "b");
    cluster.die("a");
    cluster.run(Duration.ofMillis(50_050));
    cluster.lag(Resource.LEASES);
    cluster.renew("a");
    cluster.run(Duration.ofMillis(950));
    cluster.catchUp(Resource.LEASES);
    cluster.runSeconds(10);
    assertThat(cluster.diary.reads()).containsExactly("lease of node a");
    assertThat(cluster.texts()).isEmpty();
    assertThat(cluster.all(Action.LiveAnnouncement.class)).as("not worth a word").isEmpty();
  }

  @Test
  void theWatchIsOpenedAnewEveryTenSecondsFirstWhereItWasThenFromAList() {
    begin("a", "b");
    cluster.lag(Resource.LEASES);
    cluster.runUntil(160);
    assertThat(cluster.all(ReopenWatch.class)).isEmpty();
    cluster.run(Duration.ofMillis(101));
    assertThat(cluster.all(ReopenWatch.class))
        .containsExactly(new ReopenWatch(Resource.LEASES, false));
    cluster.runSeconds(20);
    assertThat(cluster.all(ReopenWatch.class))
        .containsExactly(
            new ReopenWatch(Resource.LEASES, false),
            new ReopenWatch(Resource.LEASES, true),
            new ReopenWatch(Resource.LEASES, true));
    cluster.list(Resource.LEASES);
    cluster.runSeconds(30);
    assertThat(cluster.all(ReopenWatch.class)).hasSize(3);
    assertThat(cluster.all(LeaseWatchCaughtUp.class)).hasSize(1);
    assertThat(cluster.texts()).isEmpty();
  }

  @Test
  void aListThatHadBegunBeforeProvesNothing() {
    begin("a", "b");
    cluster.lag(Resource.LEASES);
    cluster.observe(new Observation.ListBegin(Resource.LEASES));
    cluster.observe(new Observation.LeaseSeen("a", "101"));
    cluster.observe(new Observation.LeaseSeen("b", "102"));
    cluster.runSeconds(60);
    assertThat(cluster.controller().leasesBehindSince()).isPresent();
    cluster.observe(new Observation.ListEnd(Resource.LEASES));
    cluster.step();
    assertThat(cluster.controller().leasesBehindSince()).isPresent();
  }

  @Test
  void aWatchThatDoesNotCatchUpWithinAGracePeriodIsToldOnce() {
    begin("a", "b");
    cluster.lag(Resource.LEASES);
    cluster.run(Duration.ofMillis(100_099));
    assertThat(cluster.all(LeaseWatchStuck.class)).isEmpty();
    cluster.run(Duration.ofMillis(2));
    assertThat(cluster.all(LeaseWatchStuck.class)).containsExactly(new LeaseWatchStuck(50));
    cluster.runSeconds(1000);
    assertThat(cluster.all(LeaseWatchStuck.class)).hasSize(1);
    assertThat(cluster.texts()).isEmpty();
  }

  @Test
  void aReadThatFailsDelaysTheVerdictAndIsRetriedUpToOnePeriodApart() {
    begin("a", "b");
    cluster.die("a");
    cluster.failReads();
    cluster.runUntil(170);
    assertThat(cluster.texts()).isEmpty();
    // A second, two, four, then one monitor period apart.
    assertThat(cluster.diary.readTimes())
        .containsExactly(150_100L, 151_100L, 153_100L, 157_100L, 162_100L, 167_100L);
    assertThat(cluster.all(LiveReadFailed.class).stream().map(LiveReadFailed::retrySeconds))
        .containsExactly(1L, 2L, 4L, 5L, 5L, 5L);
    assertThat(cluster.all(LiveReadFailed.class).getFirst().reason())
        .isEqualTo("refused by a test");
    cluster.answerNormally();
    cluster.runUntil(600);
    assertThat(cluster.times("status a")).containsExactly(172_100L);
    assertThat(cluster.all(LiveReadRecovered.class)).hasSize(1);
  }

  @ParameterizedTest(name = "asked for {0} s, retried after {1} s")
  @CsvSource({"0, 1", "1, 1", "4, 4", "30, 30", "1000, 300"})
  void theApiServerMayAskForMoreTime(long asked, long waited) {
    begin("a", "b");
    cluster.die("a");
    var failed = new ReadOutcome.Failed("busy", Duration.ofSeconds(asked));
    cluster.answerReads(_ -> Optional.of(failed));
    cluster.runUntil(151);
    cluster.answerNormally();
    cluster.runUntil(1000);
    assertThat(cluster.times("status a")).containsExactly(150_100L + waited * 1000);
  }

  @Test
  void aVerdictThatStandsGoesThroughTheZonesBeforeAnythingIsTainted() {
    begin("a", "b");
    cluster.die("a", "b");
    cluster.runUntil(600);
    assertThat(cluster.texts("status")).containsExactly("status a", "status b");
    assertThat(cluster.texts()).noneMatch(text -> text.contains("NoExecute"));
    assertThat(cluster.all(Action.ClusterStopChanged.class)).hasSize(1);
  }

  @Test
  void nothingIsReadDuringPatience() {
    begin("a", "b");
    cluster.die("a");
    cluster.runUntil(150);
    cluster.observe(new Observation.Paused(Duration.ofSeconds(60)));
    cluster.runUntil(200);
    assertThat(cluster.diary.reads()).isEmpty();
    cluster.runUntil(600);
    assertThat(cluster.diary.reads()).containsExactly("lease of node a");
    assertThat(cluster.times("status a")).containsExactly(200_100L);
  }

  @Test
  void aNodeThatNeverPostedIsCheckedAfterTheStartupGrace() {
    begin("b");
    cluster.add(Nodes.node("a", ConditionStatus.ABSENT, cluster.wallClock()));
    cluster.runUntil(600);
    assertThat(cluster.diary.reads()).containsExactly("lease of node a");
    assertThat(cluster.times("status a")).containsExactly(160_100L);
  }

  @Test
  void afterARestartAllDeadNodesAreCheckedInOneList() {
    begin("a", "b", "c", "d");
    cluster.die("a", "b", "c");
    cluster.runUntil(300);
    cluster.forget().restart();
    cluster.runUntil(600);
    assertThat(cluster.diary.reads()).isEqualTo(List.of("leases of all nodes"));
    assertThat(cluster.texts("status")).isEmpty();
  }
}
