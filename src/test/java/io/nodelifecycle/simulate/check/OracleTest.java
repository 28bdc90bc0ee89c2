package io.nodelifecycle.simulate.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
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

  private final Oracle oracle = new Oracle(Demand.defaults(), Duration.ofSeconds(10));
  private final List<NodeSnapshot> nodes = new ArrayList<>();
  private final List<PodSnapshot> pods = new ArrayList<>();

  private List<String> differences(int seconds) {
    return oracle.differences(
        new FinalState(
            nodes,
            Map.of("a", QUIET),
            pods,
            Map.of(),
            Map.of(),
            QUIET,
            QUIET.plusSeconds(seconds)));
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

  /** Heard at 0, 50 s of grace and 10 s to settle. */
  @ParameterizedTest
  @CsvSource({"60, 0", "61, 4"})
  void aNodeIsUnknownAfterItsGrace(int seconds, int conditions) {
    nodes.add(node("a", ConditionStatus.TRUE));
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
    nodes.add(node("b", ConditionStatus.TRUE));
    nodes.add(node("c", ready, taints.split(";")));
    assertThat(differences(1)).hasSize(differences);
  }

  @Test
  void whereNoNodeIsReadyNoneIsTaintedForItsHealth() {
    nodes.add(node("b", ConditionStatus.UNKNOWN, "unreachable:NoSchedule"));
    assertThat(differences(1)).isEmpty();
    nodes.add(
        node("c", ConditionStatus.UNKNOWN, "unreachable:NoSchedule", "unreachable:NoExecute"));
    assertThat(differences(1)).singleElement().asString().contains("node c").contains("[]");
  }

  @Test
  void noPodOfAnUnknownNodeIsReady() {
    nodes.add(node("b", ConditionStatus.TRUE));
    nodes.add(
        node("a", ConditionStatus.UNKNOWN, "unreachable:NoSchedule", "unreachable:NoExecute"));
    var stays = new Toleration("", "Exists", "", "", null);
    pods.add(pod(ConditionStatus.TRUE, stays));
    assertThat(differences(1)).singleElement().asString().contains("is ready");
    pods.set(0, pod(ConditionStatus.FALSE, stays));
    assertThat(differences(1)).isEmpty();
  }

  /** Tolerated for 30 s by the first toleration that matches, whatever the second one says. */
  @ParameterizedTest
  @CsvSource({"40, 0", "41, 1"})
  void aPodGoesWhenItsTolerationEnds(int seconds, int differences) {
    nodes.add(node("a", ConditionStatus.TRUE, "hand:NoExecute"));
    pods.add(
        pod(
            ConditionStatus.TRUE,
            new Toleration("node.kubernetes.io/hand", "Exists", "", "", 30L),
            new Toleration("", "Exists", "", "", null)));
    assertThat(differences(seconds)).hasSize(differences);
  }
}
