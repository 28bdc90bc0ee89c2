package io.nodelifecycle.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.eviction.EvictionPolicy;
import io.nodelifecycle.core.health.HealthPolicy;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.zone.DisruptionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One story in every combination of modes and gates: each does its own part and no other. */
final class CombinationTest {
  private static final int GATES = 8;

  static Stream<CorePolicy> policies() {
    return IntStream.range(0, 1 << GATES).mapToObj(CombinationTest::policy);
  }

  private static CorePolicy policy(int bits) {
    return new CorePolicy(
        HealthPolicy.defaults(),
        DisruptionPolicy.defaults(),
        new EvictionPolicy((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0),
        (bits & 8) != 0,
        (bits & 16) != 0,
        (bits & 32) != 0,
        (bits & 64) != 0 ? Optional.of(Duration.ofMinutes(4)) : Optional.empty(),
        new LiveChecks((bits & 128) != 0, (bits & 128) != 0));
  }

  /** Node a dies, b has memory pressure, c is tainted by hand; there is a restart on the way. */
  @ParameterizedTest
  @MethodSource("policies")
  void eachDoesItsOwnPartAndNoOther(CorePolicy policy) {
    var cluster = new VirtualCluster(policy);
    cluster.ready("a", "b", "c").pod("failed", "a").pod("plain", "c");
    cluster.pod("slow", "c", "example.com/level=30");
    cluster.add(Pods.above("example.com/level", "5").apply(Pods.pod("above", "c", null)));
    cluster.sync().runUntil(100);
    cluster.changeNode("b", pressed(cluster));
    var taint = new Taint("example.com/level", "7", "NoExecute", cluster.wallClock());
    cluster.changeNode("c", Nodes.tainted(taint));
    cluster.runUntil(120).restart();
    cluster.die("a");
    cluster.runUntil(1000);

    var gates = policy.eviction();
    assertThat(cluster.taints("b"))
        .isEqualTo(
            policy.hasNodeLifecycle() && policy.hasConditionTaints()
                ? List.of("memory-pressure:NoSchedule")
                : List.of());
    assertThat(cluster.taints("a").contains("unreachable:NoExecute"))
        .isEqualTo(policy.hasNodeLifecycle() && policy.isByTaints());
    assertThat(cluster.texts("unready")).hasSize(policy.hasNodeLifecycle() ? 1 : 0);
    assertThat(cluster.times("delete plain")).isEqualTo(at(policy.hasTaintEviction(), 100));
    assertThat(cluster.times("delete above"))
        .isEqualTo(at(policy.hasTaintEviction() && !gates.hasComparisonOperators(), 100));
    assertThat(cluster.times("delete slow"))
        .isEqualTo(at(policy.hasTaintEviction(), gates.isAnchoredAtTaint() ? 131 : 150));
    assertThat(cluster.texts("condition").isEmpty())
        .isNotEqualTo(policy.hasTaintEviction() && gates.hasDisruptionCondition());
    assertFailed(cluster, policy);
  }

  private static void assertFailed(VirtualCluster cluster, CorePolicy policy) {
    var isByTimeout = policy.hasNodeLifecycle() && !policy.isByTaints();
    var isByTaint = policy.hasNodeLifecycle() && policy.isByTaints() && policy.hasTaintEviction();
    assertThat(cluster.texts("delete failed")).hasSize(isByTaint || isByTimeout ? 1 : 0);
    assertThat(cluster.texts("lost failed")).hasSize(isByTimeout ? 1 : 0);
    assertThat(cluster.texts("event NodeControllerEviction")).hasSize(isByTimeout ? 1 : 0);
    // Heard last at 120, silent at 170, evicted at 360 without taints.
    var at = cluster.times("delete failed").stream().map(millis -> millis / 1000).toList();
    assertThat(at).isEqualTo(isByTimeout ? List.of(360L) : isByTaint ? List.of(170L) : List.of());
  }

  private static List<Long> at(boolean isWanted, long seconds) {
    return isWanted ? List.of(seconds * 1000) : List.of();
  }

  private static UnaryOperator<NodeSnapshot> pressed(VirtualCluster cluster) {
    var clock = cluster.wallClock();
    return Nodes.condition(NodeCondition.MEMORY_PRESSURE, ConditionStatus.TRUE, clock, clock);
  }
}
