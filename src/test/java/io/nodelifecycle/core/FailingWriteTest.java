package io.nodelifecycle.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.SendEvent;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.WriteEnded;
import io.nodelifecycle.core.model.ConditionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Writes that fail are tried until they succeed, and people are told of those that go on failing.
 */
final class FailingWriteTest {
  private final VirtualCluster cluster = new VirtualCluster();

  private void deny(Class<? extends Write> kind) {
    cluster.answer(write ->
        kind.isInstance(write)
            ? Optional.of(new Outcome.Failed("denied by a webhook", Duration.ZERO))
            : Optional.empty());
  }

  @Test
  void aWriteThatHasBeenFailingForAMinuteIsToldOnce() {
    cluster.ready("a", "b").sync().runUntil(100);
    deny(PatchNodeStatus.class);
    cluster.die("a");
    cluster.runUntil(209);
    assertThat(cluster.times("event FailedWrite")).isEmpty();
    cluster.runUntil(600);
    // Tried at 150 s and 1, 2, 4, 8, 16 and 32 s apart: the seventh try is the first after a
    // minute.
    assertThat(cluster.times("event FailedWrite a")).containsExactly(213000L);
    cluster.answerNormally();
    cluster.runUntil(1000);
    assertThat(cluster.times("event NodeNotReady a")).hasSize(1);
  }

  @Test
  void theTextSaysWhatCannotBeWrittenAndWhy() {
    cluster.ready("a", "b").pod("p", "a").sync().runUntil(100);
    deny(DeletePod.class);
    cluster.changeNode("a", Nodes.tainted(VirtualCluster.taint("example.com/x", "NoExecute")));
    cluster.runUntil(300);
    assertThat(cluster.diary.happenings())
        .map(Diary.Happening::action)
        .filteredOn(
            action -> action instanceof SendEvent event && event.reason().equals("FailedWrite"))
        .singleElement()
        .extracting(action -> ((SendEvent) action).message())
        .asString()
        .contains("deletion of pod", "p", "denied by a webhook");
  }

  @Test
  void aFailureThatEndsWithinAMinuteIsNotTold() {
    cluster.ready("a", "b").sync().runUntil(100);
    deny(PatchNodeStatus.class);
    cluster.die("a");
    cluster.runUntil(200);
    cluster.answerNormally();
    cluster.runUntil(600);
    assertThat(cluster.times("event FailedWrite")).isEmpty();
    assertThat(cluster.times("event NodeNotReady a")).hasSize(1);
  }

  @Test
  void aDeletionThatLosesARaceIsTriedAgain() {
    cluster.ready("a", "b").pod("p", "a").sync().runUntil(100);
    cluster.answer(write ->
        write instanceof DeletePod ? Optional.of(new Outcome.Conflict()) : Optional.empty());
    cluster.changeNode("a", Nodes.tainted(VirtualCluster.taint("example.com/x", "NoExecute")));
    cluster.runUntil(102);
    cluster.answerNormally();
    cluster.runUntil(200);
    assertThat(cluster.times("delete p")).containsExactly(100000L, 101000L, 103000L);
    assertThat(cluster.api.pods).isEmpty();
  }

  @Test
  void aFailureCountsAlsoIfTheWriteWasNotWantedWhileItWasUnderWay() {
    cluster.ready("a", "b").pod("p", "a", "unreachable").sync().runUntil(100);
    cluster.fail(MarkPodNotReady.class);
    cluster.die("a");
    cluster.runUntil(152).hold();
    cluster.runUntil(154);
    var retry = cluster.startNext();
    assertThat(retry).isInstanceOf(MarkPodNotReady.class);
    cluster.post("a", ConditionStatus.TRUE);
    cluster.step();
    cluster.post("a", ConditionStatus.UNKNOWN);
    cluster.step();
    cluster.observe(new WriteEnded(retry, new Outcome.Failed("denied", Duration.ZERO)));
    cluster.run(Duration.ofMillis(3999));
    assertThat(marks()).isEmpty();
    cluster.run(Duration.ofMillis(1));
    assertThat(marks()).singleElement().extracting(Write::attempt).isEqualTo(3);
  }

  private List<Write> marks() {
    return cluster.waiting().stream().filter(MarkPodNotReady.class::isInstance).toList();
  }
}
