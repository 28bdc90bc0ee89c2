package io.nodelifecycle.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.ForeignWriteSeen;
import io.nodelifecycle.core.Action.ReadWriters;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.foreign.ForeignPolicy;
import io.nodelifecycle.core.foreign.ForeignPolicy.ElectionKey;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole core beside another controller, and alone. */
final class ForeignWatchTest {
  private static final String EVENT = "event ForeignController election";

  private final VirtualCluster cluster =
      new VirtualCluster(
          VirtualCluster.with(new LiveChecks(false, true))
              .with(
                  new ForeignPolicy(
                      true, Optional.of(new ElectionKey("kube-system", "election")))));

  @BeforeEach
  void begin() {
    cluster.ready("a", "b", "c", "d", "e", "f", "g", "h", "i", "j").pod("p", "a", "").sync();
    cluster.controller().leads(true, cluster.now());
    cluster.runUntil(100);
    cluster.forget();
  }

  /** The conditions become Unknown with the heartbeat as it was. */
  private static NodeSnapshot unknown(NodeSnapshot node) {
    return new NodeSnapshot(
        node.name(),
        node.uid(),
        node.resourceVersion(),
        node.creationTimestamp(),
        node.labels(),
        node.taints(),
        false,
        node.conditions().stream()
            .map(each ->
                new NodeCondition(
                    each.type(),
                    ConditionStatus.UNKNOWN,
                    each.lastHeartbeatTime(),
                    each.lastTransitionTime()))
            .toList());
  }

  private List<String> found() {
    return cluster.diary.happenings().stream()
        .filter(each -> each.action() instanceof ForeignWriteSeen)
        .map(each -> ((ForeignWriteSeen) each.action()).finding().text())
        .toList();
  }

  @Test
  void anOutageOfItsOwnIsNobodyElses() {
    cluster.die("a");
    cluster.runSeconds(120);
    cluster.revive("a");
    cluster.runSeconds(20);
    assertThat(cluster.texts("taints")).hasSize(2);
    assertThat(cluster.diary.happenings()).noneMatch(each -> each.action() instanceof ReadWriters);
    assertThat(cluster.controller().status(cluster.now()).foreign()).isEmpty();
  }

  @Test
  void anotherControllerIsToldOfOnceAMinute() {
    cluster.answerReads(read ->
        read instanceof ReadWriters
            ? Optional.of(new ReadOutcome.Writers("kube-controller-manager", "someone"))
            : Optional.empty());
    cluster.changeNode("a", ForeignWatchTest::unknown);
    cluster.runSeconds(1);
    assertThat(found())
        .containsExactly("kube-controller-manager set the conditions to Unknown of node a");
    assertThat(cluster.texts("event Foreign")).containsExactly(EVENT);
    assertThat(cluster.controller().status(cluster.now()).foreign()).isPresent();

    cluster.changeNode("b", ForeignWatchTest::unknown);
    cluster.runSeconds(57);
    assertThat(found()).hasSize(1);
    cluster.runSeconds(4);
    assertThat(found()).hasSize(2);
    cluster.run(Duration.ofMinutes(5));
    assertThat(found()).as("and then nothing").hasSize(2);
  }

  @Test
  void aReadThatFailsNamesNobody() {
    cluster.failReads();
    cluster.changeNode("a", ForeignWatchTest::unknown);
    cluster.runSeconds(1);
    assertThat(found())
        .containsExactly("another controller set the conditions to Unknown of node a");
  }

  /** {@code --controllers=*,-node-lifecycle-controller}: another one is meant to write. */
  @Test
  void whoLeavesNodeHealthToAnotherExpectsItsWrites() {
    var all = VirtualCluster.with(new LiveChecks(false, true));
    var policy =
        new CorePolicy(
                all.health(),
                all.disruption(),
                all.eviction(),
                false,
                true,
                true,
                Optional.empty(),
                all.live())
            .with(new ForeignPolicy(true, Optional.empty()));
    cluster.restart(policy);
    cluster.controller().leads(true, cluster.now());
    cluster.runSeconds(70);
    cluster.changeNode("a", ForeignWatchTest::unknown);
    cluster.runSeconds(5);
    assertThat(found()).isEmpty();
  }

  @Test
  void whoDoesNotLeadSuspectsNobody() {
    cluster.controller().leads(false, cluster.now());
    cluster.changeNode("a", ForeignWatchTest::unknown);
    cluster.runSeconds(70);
    assertThat(found()).isEmpty();
  }
}
