package io.nodelifecycle.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.health.HealthPolicy;
import io.nodelifecycle.core.health.NodeHealth;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeLabels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether some node is surely well. Half the grace period is 25 s. */
final class HalfGraceTest {
  private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");

  private final HealthPolicy policy = HealthPolicy.defaults();
  private final HalfGrace halfGrace = new HalfGrace(policy);
  private final List<NodeEntry> nodes = new ArrayList<>();
  private long version;

  private NodeEntry add(ConditionStatus ready, Instant now) {
    var name = "n" + ++version;
    var node = Nodes.node(name, ready, now);
    var entry = new NodeEntry(node, NodeHealth.firstSeen(node, now, now));
    nodes.add(entry);
    halfGrace.seen(entry);
    return entry;
  }

  private void renew(NodeEntry entry, Instant now) {
    entry.health.leaseSeen(Long.toString(++version), now);
    halfGrace.seen(entry);
  }

  private void exclude(NodeEntry entry) {
    entry.node = Nodes.labelled(NodeLabels.EXCLUDE_DISRUPTION, "").apply(entry.node);
    halfGrace.seen(entry);
  }

  /** It says so, in what may be no heartbeat. */
  private void post(NodeEntry entry, ConditionStatus ready, Instant heartbeat, Instant now) {
    entry.node =
        Nodes.condition(NodeCondition.READY, ready, heartbeat, heartbeat).apply(entry.node);
    entry.health.statusSeen(entry.node, now);
    halfGrace.seen(entry);
  }

  @ParameterizedTest
  @CsvSource({"24999, true", "25000, true", "25001, false"})
  void aNodeIsSurelyWellForHalfItsGracePeriod(long millis, boolean isWell) {
    add(ConditionStatus.TRUE, T0);
    assertThat(halfGrace.hasWell(T0.plusMillis(millis))).isEqualTo(isWell);
  }

  @ParameterizedTest
  @CsvSource({"TRUE, true", "FALSE, false", "UNKNOWN, false", "ABSENT, false"})
  void onlyANodeThatIsReadyIsSurelyWell(ConditionStatus ready, boolean isWell) {
    add(ready, T0);
    assertThat(halfGrace.hasWell(T0)).isEqualTo(isWell);
  }

  @Test
  void aNodeThatDoesNotCountIsNot() {
    exclude(add(ConditionStatus.TRUE, T0));
    assertThat(halfGrace.hasWell(T0)).isFalse();
  }

  @Test
  void aNodeThatIsHeardAgainIsAgain() {
    var entry = add(ConditionStatus.TRUE, T0);
    assertThat(halfGrace.hasWell(T0.plusSeconds(30))).isFalse();
    assertThat(halfGrace.remembered()).isZero();
    renew(entry, T0.plusSeconds(31));
    assertThat(halfGrace.hasWell(T0.plusSeconds(56))).isTrue();
    halfGrace.forget(entry);
    assertThat(halfGrace.hasWell(T0.plusSeconds(56))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itIsWhatALookAtAllNodesSays(long seed) {
    var random = new Random(seed);
    var now = T0;
    var answers = new ArrayList<Boolean>();
    for (var i = 0; i < 4; i++) {
      add(ConditionStatus.TRUE, now);
    }
    for (var i = 0; i < 5000; i++) {
      now = now.plusMillis(random.nextInt(10_000));
      change(random, now);
      if (random.nextInt(3) == 0) {
        answers.add(halfGrace.hasWell(now));
        assertThat(answers.getLast()).isEqualTo(isSomeWell(now));
      }
    }
    assertThat(answers).contains(true, false);
  }

  private void change(Random random, Instant now) {
    var entry = nodes.get(random.nextInt(nodes.size()));
    var ready = ConditionStatus.values()[random.nextInt(ConditionStatus.values().length)];
    switch (random.nextInt(6)) {
      case 0, 1 -> renew(entry, now);
      case 2 -> post(entry, ready, now, now);
      case 3 -> post(entry, ready, T0, now);
      case 4 -> exclude(entry);
      default -> {
        halfGrace.forget(entry);
        nodes.remove(entry);
        add(ready, now);
      }
    }
  }

  private boolean isSomeWell(Instant now) {
    return nodes.stream()
        .anyMatch(entry ->
            entry.node.ready() == ConditionStatus.TRUE
                && !entry.node.labels().containsKey(NodeLabels.EXCLUDE_DISRUPTION)
                && !entry.health.isSuspect(policy, now));
  }
}
