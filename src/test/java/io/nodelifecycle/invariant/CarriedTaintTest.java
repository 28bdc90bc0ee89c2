package io.nodelifecycle.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeSnapshot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A health taint that was there in a cluster-wide stop and outlasts it: node a is let out and
 * tainted at 100, all are down from 120 until 125.
 */
final class CarriedTaintTest {
  private static final String NO_SCHEDULE = "not-ready:NoSchedule";
  private static final String NO_EXECUTE = "not-ready:NoExecute";

  private final FactFeed feed = new FactFeed();

  private NodeSnapshot failed(String... taints) {
    return feed.nodeOf("a", ConditionStatus.FALSE, taints);
  }

  private void ready() {
    feed.synced(
        feed.nodeOf("a", ConditionStatus.TRUE),
        feed.nodeOf("b", ConditionStatus.TRUE),
        feed.nodeOf("c", ConditionStatus.TRUE));
    feed.at(100).node(feed.nodeOf("b", ConditionStatus.TRUE)).node(failed()).released("a");
  }

  private void stopAndEnd() {
    feed.at(120).node(feed.nodeOf("b", ConditionStatus.FALSE));
    feed.node(feed.nodeOf("c", ConditionStatus.FALSE)).judged();
    feed.at(125).node(feed.nodeOf("b", ConditionStatus.TRUE)).judged();
  }

  private NodeSnapshot carried() {
    ready();
    feed.node(failed(NO_SCHEDULE, NO_EXECUTE)).judged();
    stopAndEnd();
    var node = failed(NO_SCHEDULE, NO_EXECUTE);
    feed.at(130).node(node).judged();
    return node;
  }

  private static PatchNodeTaints leaving(NodeSnapshot node, String... keys) {
    var left =
        node.taints().stream()
            .filter(taint -> List.of(keys).contains(taint.toString().split("/")[1]))
            .toList();
    return new PatchNodeTaints(node.key(), node.resourceVersion(), left, List.of(), List.of(), 0);
  }

  @Test
  void isTakenOff() {
    feed.sent(leaving(carried(), NO_SCHEDULE));
    assertThat(feed.broken()).isEmpty();
  }

  @Test
  void isNotSentAgain() {
    feed.sent(leaving(carried(), NO_SCHEDULE, NO_EXECUTE));
    assertThat(feed.broken()).containsExactly(Rule.CLUSTER_STOP);
  }

  @Test
  void deletesNothingAndOneThatComesAfterItWasGoneDoes() {
    carried();
    var pod = feed.podOn("a");
    var deletion = FactFeed.deletion(pod);
    feed.pod(pod).sent(deletion);
    assertThat(feed.broken()).containsExactly(Rule.CLUSTER_STOP);
    feed.ended(deletion, new Outcome.Failed("refused by a test", Duration.ZERO));
    feed.at(140).node(failed(NO_SCHEDULE)).judged();
    feed.at(150).node(failed(NO_SCHEDULE, NO_EXECUTE)).judged();
    feed.sent(deletion);
    assertThat(feed.broken()).hasSize(1);
  }

  @Test
  void isTakenOffAlsoIfItsWriteWasUnderWayFromBeforeTheStopUntilAfterIt() {
    ready();
    var before = failed();
    feed.node(before).judged();
    var after = failed(NO_SCHEDULE, NO_EXECUTE);
    var write =
        new PatchNodeTaints(
            before.key(), before.resourceVersion(), after.taints(), after.taints(), List.of(), 0);
    feed.sent(write);
    stopAndEnd();
    feed.at(130).node(after);
    feed.ended(write, new Outcome.Succeeded(after, null, feed.now())).judged();
    feed.sent(leaving(after, NO_SCHEDULE));
    assertThat(feed.broken()).isEmpty();
  }
}
