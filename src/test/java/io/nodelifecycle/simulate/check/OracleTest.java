package io.nodelifecycle.simulate.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.eviction.EvictionPolicy;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.simulate.check.FinalState.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OracleTest {
  private static final Instant QUIET = Instant.parse("2030-01-01T00:00:00Z");

  private final Oracle oracle = new Oracle();
  private final List<Machine> nodes = new ArrayList<>();
  private final List<PodSnapshot> pods = new ArrayList<>();

  /** Everything has been quiet for so long. */
  private List<String> differences(int seconds) {
    return differences(CorePolicy.defaults(), seconds);
  }

  private List<String> differences(CorePolicy policy, int seconds) {
    return oracle.differences(new FinalState(policy, Duration.ofSeconds(seconds), nodes, pods));
  }

  private void add(NodeSnapshot node) {
    nodes.add(new Machine(node, false, Duration.ofHours(1)));
  }

  private static NodeSnapshot node(String name, ConditionStatus ready, String... taints) {
    var list = new ArrayList<Taint>();
    for (var taint : taints) {
      var parts = taint.split(":");
      list.add(new Taint("node.kubernetes.io/" + parts[0], "", parts[1], null));
    }
    return new NodeSnapshot(
        name,
        "uid-" + name,
        "1",
        QUIET,
        Map.of(),
        list,
        false,
        List.of(new NodeCondition("Ready", ready, QUIET, QUIET)));
  }

  private static PodSnapshot pod(ConditionStatus ready, Toleration... tolerations) {
    return new PodSnapshot(
        new PodKey("default", "p", "uid-p"),
        "1",
        "a",
        List.of(tolerations),
        ready,
        false,
        false,
        null,
        false,
        false,
        Map.of());
  }

  /** 50 s of grace and 5 min to settle. */
  @ParameterizedTest
  @CsvSource({"350, 0", "351, 4"})
  void aNodeIsUnknownAfterItsGrace(int seconds, int conditions) {
    add(node("a", ConditionStatus.TRUE));
    assertThat(differences(seconds)).hasSize(conditions);
  }

  @ParameterizedTest
  @CsvSource({
    "FALSE,   not-ready:NoSchedule;not-ready:NoExecute,     0",
    "UNKNOWN, unreachable:NoSchedule;unreachable:NoExecute, 0",
    "UNKNOWN, not-ready:NoSchedule;unreachable:NoExecute,   1",
    "UNKNOWN, unreachable:NoSchedule;not-ready:NoExecute,   1",
    "UNKNOWN, unreachable:NoSchedule,                       1",
    "TRUE,    unreachable:NoExecute,                        1",
    "TRUE,    memory-pressure:NoSchedule,                   1",
    "TRUE,    foreign:NoSchedule;foreign:NoExecute,         0"
  })
  void taintsFollowConditions(ConditionStatus ready, String taints, int differences) {
    add(node("b", ConditionStatus.TRUE));
    add(node("c", ready, taints.split(";")));
    assertThat(differences(1)).hasSize(differences);
  }

  @Test
  void whereNoNodeIsReadyNoneIsTaintedForItsHealth() {
    add(node("b", ConditionStatus.UNKNOWN, "unreachable:NoSchedule"));
    assertThat(differences(1)).isEmpty();
    add(node("c", ConditionStatus.UNKNOWN, "unreachable:NoSchedule", "unreachable:NoExecute"));
    assertThat(differences(1)).singleElement().asString().contains("node c").contains("[]");
  }

  @Test
  void noPodOfAnUnknownNodeIsReady() {
    add(node("b", ConditionStatus.TRUE));
    add(node("a", ConditionStatus.UNKNOWN, "unreachable:NoSchedule", "unreachable:NoExecute"));
    var stays = new Toleration("", "Exists", "", "", null);
    pods.add(pod(ConditionStatus.TRUE, stays));
    assertThat(differences(1)).singleElement().asString().contains("is ready");
    pods.set(0, pod(ConditionStatus.FALSE, stays));
    assertThat(differences(1)).isEmpty();
  }

  /** Tolerated for 30 s by the first toleration that matches, whatever the second one says. */
  @ParameterizedTest
  @CsvSource({"330, 0", "331, 1"})
  void aPodGoesWhenItsTolerationEnds(int seconds, int differences) {
    add(node("a", ConditionStatus.TRUE, "hand:NoExecute"));
    pods.add(
        pod(
            ConditionStatus.TRUE,
            new Toleration("node.kubernetes.io/hand", "Exists", "", "", 30L),
            new Toleration("", "Exists", "", "", null)));
    assertThat(differences(seconds)).hasSize(differences);
  }

  /**
   * A timer that counts from when it was set is kept when a taint comes that is tolerated for a
   * shorter time, but not when one comes that is not tolerated.
   */
  @ParameterizedTest
  @CsvSource({
    "true,  310, hand:NoExecute;second:NoExecute,  0",
    "true,  311, hand:NoExecute;second:NoExecute,  1",
    "false, 311, hand:NoExecute;second:NoExecute,  0",
    "false, 330, hand:NoExecute;second:NoExecute,  0",
    "false, 331, hand:NoExecute;second:NoExecute,  2",
    "false, 311, hand:NoExecute;third:NoExecute,   1",
    "false, 331, hand:NoExecute;forever:NoExecute, 1"
  })
  void aRunningTimerIsKept(boolean isAnchored, int seconds, String taints, int differences) {
    add(node("a", ConditionStatus.TRUE, taints.split(";")));
    pods.add(
        pod(
            ConditionStatus.TRUE,
            new Toleration("node.kubernetes.io/hand", "Exists", "", "", 10L),
            new Toleration("node.kubernetes.io/second", "Exists", "", "", 30L),
            new Toleration("node.kubernetes.io/forever", "Exists", "", "", null)));
    assertThat(differences(policy(isAnchored), seconds)).hasSize(differences);
  }

  private static CorePolicy policy(boolean isAnchored) {
    var policy = CorePolicy.defaults();
    var eviction = policy.eviction();
    return new CorePolicy(
        policy.health(),
        policy.disruption(),
        new EvictionPolicy(
            eviction.hasComparisonOperators(), isAnchored, eviction.hasDisruptionCondition()),
        policy.hasNodeLifecycle(),
        policy.hasTaintEviction(),
        policy.hasConditionTaints(),
        policy.podEvictionTimeout(),
        policy.live());
  }
}
