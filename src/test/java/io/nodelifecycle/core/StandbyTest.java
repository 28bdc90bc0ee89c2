package io.nodelifecycle.core;

import static io.nodelifecycle.core.VirtualCluster.taint;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.eviction.EvictionPolicy;
import io.nodelifecycle.core.health.HealthPolicy;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.zone.DisruptionPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A process that watches while another one leads, and then takes over: ten of a hundred nodes are
 * down, and every ten seconds one may be let out. What the other does is done here by hand.
 */
final class StandbyTest {
  private static final int NODES = 100;
  private static final int DOWN = 10;
  private static final long SECONDS_A_NODE = 10;
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private VirtualCluster cluster = new VirtualCluster();

  private static CorePolicy withoutTaints() {
    return new CorePolicy(
        HealthPolicy.defaults(),
        DisruptionPolicy.defaults(),
        EvictionPolicy.defaults(),
        true,
        false,
        true,
        Optional.of(TIMEOUT),
        new LiveChecks(false, true));
  }

  private static String node(int number) {
    return "n" + number;
  }

  /** All nodes are well, each with a pod, and this process stands by. */
  private void begin() {
    IntStream.range(0, NODES).forEach(i -> cluster.readyIn("z", node(i)).pod("p" + i, node(i)));
    cluster.standBy().sync().runUntil(100);
    cluster.forget();
  }

  /** Ten nodes die, and the other process marks them. */
  private void someDie() {
    for (var i = 0; i < DOWN; i++) {
      cluster.die(node(i));
      cluster.post(node(i), ConditionStatus.UNKNOWN);
    }
    cluster.step();
  }

  @Test
  void nothingIsLetOutMeanwhile() {
    begin();
    someDie();
    cluster.runUntil(400);
    assertThat(letOut()).isZero();
    assertThat(cluster.controller().status(cluster.now()).zones().getFirst().queued())
        .isEqualTo(DOWN);
  }

  @Test
  void whatTheOtherDidNotGetToIsTaintedAtTheRateOfTheZone() {
    begin();
    someDie();
    cluster.runUntil(400);
    cluster.takeOver();
    assertThat(letOut()).as("at once").isOne();
    cluster.runUntil(400 + 3 * SECONDS_A_NODE - 1);
    assertThat(letOut()).as("after 29 s").isEqualTo(3);
    cluster.runUntil(400 + 3 * SECONDS_A_NODE);
    assertThat(letOut()).as("after 30 s").isEqualTo(4);
    cluster.runUntil(400 + DOWN * SECONDS_A_NODE);
    assertThat(letOut()).isEqualTo(DOWN);
  }

  @Test
  void whatTheOtherTaintedTakesNoTurn() {
    begin();
    someDie();
    for (var i = 0; i < DOWN - 1; i++) {
      cluster.changeNode(node(i), Nodes.tainted(taint("unreachable", "NoExecute")));
    }
    cluster.step();
    cluster.runUntil(400);
    cluster.takeOver();
    assertThat(letOut()).isOne();
  }

  private long letOut() {
    return announced(Action.NodeReleased.class);
  }

  private long emptied() {
    return announced(Action.NodeEmptied.class);
  }

  private long announced(Class<? extends Action> kind) {
    return cluster.diary.happenings().stream()
        .filter(happening -> kind.isInstance(happening.action()))
        .count();
  }

  @Test
  void whatTheOtherEmptiedTakesNoTurnAwayFromTheOthers() {
    cluster = new VirtualCluster(withoutTaints());
    begin();
    someDie();
    cluster.runUntil(500);
    for (var i = 0; i < DOWN - 1; i++) {
      cluster.deletePod("p" + i);
    }
    cluster.takeOver();
    assertThat(emptied()).isEqualTo(DOWN - 1);
    assertThat(letOut()).isOne();
    assertThat(cluster.texts("delete")).containsExactly("delete p" + (DOWN - 1));
  }

  @Test
  void aLatePodOfANodeThatTheOtherEmptiedGoesAtOnce() {
    cluster = new VirtualCluster(withoutTaints());
    begin();
    someDie();
    cluster.runUntil(500);
    cluster.deletePod("p3");
    cluster.takeOver();
    cluster.forget();
    cluster.pod("late", node(3));
    cluster.step();
    assertThat(cluster.texts("delete")).containsExactly("delete late");
  }

  @Test
  void aNodeOfPodsThatStayWasEmptiedIfTheySayThatItIsLost() {
    cluster = new VirtualCluster(withoutTaints());
    begin();
    someDie();
    cluster.changePod("p0", Pods.ofDaemonSet());
    cluster.changePod("p1", Pods.ofDaemonSet());
    cluster.changePod("p1", Pods.nodeLost());
    cluster.changePod("p2", Pods.terminating());
    cluster.changePod("p3", Pods.nodeLost());
    cluster.runUntil(500);
    cluster.takeOver();
    assertThat(emptied()).as("n1 and n2").isEqualTo(2);
  }

  /** A leader that was there when it began has forgotten whom it let out, too. */
  @Test
  void nothingCountsAsEmptiedWhileAllZonesAreDown() {
    cluster = new VirtualCluster(withoutTaints());
    begin();
    for (var i = 0; i < NODES; i++) {
      cluster.die(node(i));
      cluster.post(node(i), ConditionStatus.UNKNOWN);
      cluster.deletePod("p" + i);
    }
    cluster.runUntil(900);
    assertThat(cluster.controller().status(cluster.now()).isStopped()).isTrue();
    cluster.takeOver();
    cluster.pod("late", node(3));
    cluster.runUntil(1000);
    assertThat(emptied()).isZero();
    assertThat(cluster.texts("delete")).isEmpty();
  }

  @Test
  void whoLeadsAndIsUncertainForAMomentKnowsWhatItDid() {
    cluster = new VirtualCluster(withoutTaints());
    begin();
    cluster.takeOver();
    someDie();
    cluster.runUntil(405);
    cluster.standBy();
    cluster.deletePod("p5");
    cluster.takeOver();
    assertThat(emptied()).isZero();
  }
}
