package io.nodelifecycle.core;

import static io.nodelifecycle.core.VirtualCluster.taint;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.EvictionAverted;
import io.nodelifecycle.core.Action.LiveReadFailed;
import io.nodelifecycle.core.Action.LiveReadRecovered;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.Taint;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes are read live before their pods are deleted. */
final class LiveTaintCheckTest {
  private static final Taint BY_HAND = taint("example.com/x", "NoExecute");

  private VirtualCluster cluster = new VirtualCluster();

  /** Nodes a and b with a pod on a, a hundred seconds after the start. */
  private void begin(String... tolerations) {
    cluster.ready("a", "b", "c").pod("p", "a", tolerations).sync().runUntil(100);
    cluster.forget();
  }

  private void taintByHand() {
    cluster.changeNode("a", Nodes.tainted(BY_HAND));
  }

  private void untaint() {
    cluster.changeNode("a", Nodes.tainted());
  }

  @Test
  void aTaintThatIsStillThereDeletesAfterOneRead() {
    begin();
    taintByHand();
    cluster.runSeconds(10);
    assertThat(cluster.diary.reads()).containsExactly("node a");
    assertThat(cluster.texts())
        .containsExactly("condition p", "event TaintManagerEviction p Marking", "delete p");
    assertThat(cluster.all(EvictionAverted.class)).isEmpty();
  }

  @Test
  void withTheGateOffNothingIsRead() {
    cluster = new VirtualCluster(VirtualCluster.with(LiveChecks.none()));
    begin();
    taintByHand();
    cluster.lag(Resource.NODES);
    untaint();
    cluster.runSeconds(10);
    assertThat(cluster.diary.reads()).isEmpty();
    assertThat(cluster.texts("delete")).containsExactly("delete p");
  }

  @Test
  void aTaintThatIsGoneUnheardDeletesNobody() {
    begin();
    cluster.hold();
    taintByHand();
    cluster.step();
    cluster.lag(Resource.NODES);
    untaint();
    cluster.send();
    cluster.runSeconds(100);
    assertThat(cluster.diary.reads()).containsExactly("node a");
    assertThat(cluster.texts()).isEmpty();
    assertThat(cluster.all(EvictionAverted.class))
        .containsExactly(new EvictionAverted(cluster.api.pod("p").key(), "a"));
    cluster.catchUp(Resource.NODES);
    cluster.runSeconds(100);
    assertThat(cluster.texts()).isEmpty();
    assertThat(cluster.all(EvictionAverted.class)).hasSize(1);
  }

  @Test
  void aCountdownWhoseTaintIsGoneUnheardIsCancelled() {
    begin("example.com/x=30");
    taintByHand();
    cluster.runSeconds(10);
    cluster.lag(Resource.NODES);
    untaint();
    cluster.runSeconds(19);
    assertThat(cluster.diary.reads()).as("nothing is read before the end").isEmpty();
    cluster.runSeconds(100);
    assertThat(cluster.diary.reads()).containsExactly("node a");
    assertThat(cluster.texts()).containsExactly("event TaintManagerEviction p Cancelling");
    assertThat(cluster.times("event")).containsExactly(130_000L);
    assertThat(cluster.all(EvictionAverted.class)).hasSize(1);
  }

  @Test
  void aCountdownWhoseTaintIsStillThereEnds() {
    begin("example.com/x=30");
    taintByHand();
    cluster.runSeconds(100);
    assertThat(cluster.diary.readTimes()).containsExactly(130_000L);
    assertThat(cluster.times("delete p")).containsExactly(130_000L);
  }

  @Test
  void aHealthTaintThatIsGoneUnheardDeletesNobody() {
    begin("unreachable=30", "not-ready=30");
    cluster.die("a");
    cluster.runUntil(170);
    assertThat(cluster.taints("a")).contains("unreachable:NoExecute");
    cluster.lag(Resource.NODES);
    // Another program takes the taint off; the node is still unknown.
    cluster.forget();
    untaint();
    cluster.runUntil(179);
    assertThat(cluster.diary.reads()).isEmpty();
    cluster.runUntil(181);
    assertThat(cluster.all(EvictionAverted.class)).hasSize(1);
    assertThat(cluster.texts("delete")).isEmpty();
  }

  @Test
  void aTaintThatWasReplacedUnheardByOneThatIsToleratedForAWhileWaits() {
    begin("example.com/y=40");
    cluster.hold();
    taintByHand();
    cluster.step();
    cluster.lag(Resource.NODES);
    cluster.changeNode("a", Nodes.tainted(taint("example.com/y", "NoExecute")));
    cluster.send();
    cluster.runUntil(139);
    assertThat(cluster.texts()).isEmpty();
    assertThat(cluster.all(EvictionAverted.class)).hasSize(1);
    cluster.runUntil(200);
    assertThat(cluster.times("delete p")).containsExactly(140_000L);
  }

  @Test
  void aNodeThatIsGoneDeletesNobodyUntilTheWatchTells() {
    begin("example.com/x=5");
    taintByHand();
    cluster.lag(Resource.NODES);
    cluster.deleteNode("a");
    cluster.runUntil(112);
    assertThat(cluster.diary.readTimes()).containsExactly(105_000L, 106_000L, 108_000L, 112_000L);
    assertThat(cluster.texts()).isEmpty();
    assertThat(cluster.all(EvictionAverted.class)).isEmpty();
    cluster.catchUp(Resource.NODES);
    cluster.runUntil(300);
    assertThat(cluster.diary.reads()).hasSize(4);
    assertThat(cluster.texts())
        .containsExactly("event RemovingNode a", "event TaintManagerEviction p Cancelling");
  }

  @Test
  void anotherNodeOfTheSameNameDeletesNobody() {
    begin();
    cluster.hold();
    taintByHand();
    cluster.step();
    cluster.lag(Resource.NODES);
    cluster.changeNode("a", Nodes.withUid("another"));
    cluster.send();
    cluster.runSeconds(5);
    assertThat(cluster.diary.reads()).isNotEmpty();
    assertThat(cluster.texts()).isEmpty();
    cluster.catchUp(Resource.NODES);
    cluster.runSeconds(5);
    assertThat(cluster.texts("delete")).as("the new one is tainted too").hasSize(1);
  }

  @Test
  void aReadThatFailsThreeTimesDelaysTheDeletion() {
    begin();
    cluster.failReads();
    taintByHand();
    cluster.runUntil(106);
    assertThat(cluster.diary.readTimes()).containsExactly(100_000L, 101_000L, 103_000L);
    assertThat(cluster.texts()).isEmpty();
    assertThat(cluster.all(LiveReadFailed.class).stream().map(LiveReadFailed::retrySeconds))
        .containsExactly(1L, 2L, 4L);
    cluster.answerNormally();
    cluster.runUntil(200);
    assertThat(cluster.times("delete p")).containsExactly(107_000L);
    assertThat(cluster.all(LiveReadRecovered.class)).hasSize(1);
    assertThat(cluster.all(EvictionAverted.class)).isEmpty();
  }

  @Test
  void theApiServerMayAskForMoreTimeBetweenReads() {
    begin();
    var failed = new ReadOutcome.Failed("busy", Duration.ofSeconds(30));
    cluster.answerReads(_ -> Optional.of(failed));
    taintByHand();
    cluster.runSeconds(1);
    cluster.answerNormally();
    cluster.runSeconds(100);
    assertThat(cluster.times("delete p")).containsExactly(130_000L);
  }

  @ParameterizedTest(name = "after {0} ms: {1} reads")
  @CsvSource({"0, 1", "999, 1", "1000, 1", "1001, 2"})
  void anAnswerIsGoodForASecond(long millis, int reads) {
    begin();
    cluster.pod("q", "a");
    taintByHand();
    cluster.hold();
    cluster.step();
    cluster.finish(cluster.startNext());
    cluster.run(Duration.ofMillis(millis));
    cluster.startNext();
    assertThat(cluster.diary.reads()).hasSize(reads);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 60})
  void oneReadServesAllPodsOfANode(int pods) {
    begin();
    for (var i = 1; i < pods; i++) {
      cluster.pod("p" + i, "a");
    }
    taintByHand();
    cluster.runSeconds(10);
    assertThat(cluster.diary.reads()).containsExactly("node a");
    assertThat(cluster.texts("delete")).hasSize(pods);
  }

  @Test
  void eachPodThatIsSparedIsTold() {
    begin();
    cluster.pod("q", "a").pod("r", "b").hold();
    taintByHand();
    cluster.step();
    cluster.lag(Resource.NODES);
    untaint();
    cluster.send();
    assertThat(cluster.all(EvictionAverted.class).stream().map(each -> each.pod().name()))
        .containsExactly("p", "q");
    assertThat(cluster.diary.reads()).containsExactly("node a");
    assertThat(cluster.texts()).isEmpty();
  }

  @Test
  void whatTheWatchToldFirstWasNotAverted() {
    begin();
    cluster.hold();
    taintByHand();
    cluster.step();
    var write = cluster.waiting().getFirst();
    var read = new Action.ReadNode(cluster.api.node("a").key());
    assertThat(cluster.confirmation(write)).isEqualTo(new Confirmation.ReadFirst(read));
    untaint();
    cluster.step();
    cluster.observe(new Observation.ReadEnded(read, new ReadOutcome.Node(cluster.api.node("a"))));
    cluster.send();
    assertThat(cluster.all(EvictionAverted.class)).isEmpty();
    assertThat(cluster.texts()).isEmpty();
  }

  @Test
  void aPodThatEndedMeanwhileIsNotSpared() {
    begin();
    cluster.hold();
    taintByHand();
    cluster.step();
    var write = cluster.waiting().getFirst();
    cluster.confirmation(write);
    cluster.changePod("p", Pods.terminating());
    cluster.send();
    assertThat(cluster.all(EvictionAverted.class)).isEmpty();
    assertThat(cluster.texts("delete")).isEmpty();
  }

  @Test
  void theDeletionAfterTheConditionIsCheckedAsWell() {
    begin();
    cluster.answer(write ->
        write instanceof Action.DeletePod
            ? Optional.of(new Outcome.Failed("denied", Duration.ZERO))
            : Optional.empty());
    taintByHand();
    cluster.runUntil(105);
    cluster.lag(Resource.NODES);
    untaint();
    cluster.answerNormally();
    cluster.runSeconds(100);
    assertThat(cluster.api.pods).containsKey("p");
    assertThat(cluster.all(EvictionAverted.class)).hasSize(1);
  }

  @Test
  void marksOfReadinessAreNotChecked() {
    begin("unreachable", "not-ready");
    cluster.die("a");
    cluster.runUntil(300);
    assertThat(cluster.texts("unready")).containsExactly("unready p");
    assertThat(cluster.diary.reads()).isEmpty();
  }

  /** As after etcd was restored: what the watch told is not true any more. */
  @Test
  void anAnswerThatIsOlderThanTheWatchLetsNothingGo() {
    begin();
    cluster.hold();
    taintByHand();
    cluster.step();
    var old = cluster.api.node("a");
    var write = cluster.waiting().getFirst();
    cluster.post("a", ConditionStatus.TRUE);
    cluster.step();
    cluster.confirmation(write);
    var read = new Action.ReadNode(old.key());
    cluster.observe(new Observation.ReadEnded(read, new ReadOutcome.Node(old)));
    cluster.step();
    assertThat(cluster.confirmation(write)).isEqualTo(Confirmation.DROP);
    cluster.send();
    assertThat(cluster.texts("delete")).isEmpty();
    cluster.runSeconds(2);
    assertThat(cluster.texts("delete")).as("it is read again").containsExactly("delete p");
  }

  @Test
  void aNodeThatIsReadyAgainUnheardKeepsItsPods() {
    begin("unreachable=60");
    cluster.die("a");
    cluster.runUntil(170);
    cluster.lag(Resource.NODES);
    cluster.post("a", ConditionStatus.TRUE);
    cluster.runUntil(215);
    assertThat(cluster.texts("delete")).isEmpty();
    assertThat(cluster.all(EvictionAverted.class)).hasSize(1);
  }
}
