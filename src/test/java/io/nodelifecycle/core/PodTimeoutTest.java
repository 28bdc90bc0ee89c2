package io.nodelifecycle.core;

import static io.nodelifecycle.core.VirtualCluster.taint;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.MarkNodeLost;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.eviction.EvictionPolicy;
import io.nodelifecycle.core.health.HealthPolicy;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.DaemonSetSnapshot;
import io.nodelifecycle.core.model.PodSelector;
import io.nodelifecycle.core.model.PodSelector.Operator;
import io.nodelifecycle.core.model.PodSelector.Requirement;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.zone.DisruptionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Evictions without taints: when the pods of a failed node go, which do, and what is said. */
final class PodTimeoutTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private VirtualCluster cluster = with(false);

  private static VirtualCluster with(boolean hasTaintEviction) {
    return with(hasTaintEviction, Optional.of(TIMEOUT));
  }

  private static VirtualCluster with(boolean hasTaintEviction, Optional<Duration> timeout) {
    return new VirtualCluster(policy(hasTaintEviction, timeout));
  }

  private static CorePolicy policy(boolean hasTaintEviction, Optional<Duration> timeout) {
    return new CorePolicy(
        HealthPolicy.defaults(),
        DisruptionPolicy.defaults(),
        EvictionPolicy.defaults(),
        true,
        hasTaintEviction,
        true,
        timeout,
        new LiveChecks(false, true));
  }

  /** Nodes a, b and c, a hundred seconds after the start; the last heartbeat was just now. */
  private void begin() {
    cluster.ready("a", "b", "c").sync().runUntil(100);
    cluster.forget();
  }

  @Test
  void podsOfASilentNodeGoWhenItWasLastHeardLongerAgoThanTheTimeout() {
    begin();
    cluster.pod("p", "a").die("a");
    cluster.runUntil(399).run(Duration.ofMillis(999));
    assertThat(cluster.texts("delete")).isEmpty();
    assertThat(cluster.taints("a")).containsExactly("unreachable:NoSchedule");
    cluster.run(Duration.ofMillis(101));
    assertThat(cluster.texts("event DeletingAllPods")).containsExactly("event DeletingAllPods a");
    cluster.runUntil(1000);
    assertThat(cluster.texts("delete")).containsExactly("delete p");
    assertThat(cluster.texts("event N"))
        .containsExactly(
            "event NodeNotReady a", "event NodeNotReady p", "event NodeControllerEviction p");
    assertThat(cluster.times("lost p").getFirst()).isBetween(400_000L, 400_100L);
    assertThat(cluster.taints("a")).containsExactly("unreachable:NoSchedule");
  }

  @Test
  void podsOfANodeThatSaysItIsNotReadyGoWhenItSaidSoLongerAgoThanTheTimeout() {
    begin();
    var since = cluster.wallClock();
    cluster.pod("p", "a").post("a", ConditionStatus.FALSE);
    cluster.runUntil(250);
    // A heartbeat without a change is none of the timeout's business.
    cluster.changeNode(
        "a", Nodes.condition("Ready", ConditionStatus.FALSE, cluster.wallClock(), since));
    cluster.runUntil(400);
    assertThat(cluster.texts("delete")).isEmpty();
    cluster.run(Duration.ofMillis(100));
    assertThat(cluster.texts("delete")).containsExactly("delete p");
    assertThat(cluster.taints("a")).containsExactly("not-ready:NoSchedule");
  }

  @Test
  void aNodeThatIsReadyInTimeKeepsItsPods() {
    begin();
    cluster.pod("p", "a").die("a");
    cluster.runUntil(399).revive("a");
    cluster.runUntil(690);
    assertThat(cluster.texts("delete")).isEmpty();
    assertThat(cluster.texts("lost")).isEmpty();
  }

  @Test
  void aNodeThatIsReadyWhileItWaitsForItsTurnLeavesTheQueue() {
    begin();
    cluster.pod("p", "a").pod("q", "b").readyIn("z", "d", "e", "f").die("a", "b");
    cluster.runUntil(405);
    var first = cluster.texts("delete").getFirst();
    var other = first.equals("delete p") ? "b" : "a";
    cluster.revive(other);
    cluster.runUntil(600);
    assertThat(cluster.texts("delete")).containsExactly(first);
  }

  @Test
  void nodesOfAZoneGoAtItsRate() {
    begin();
    cluster.readyIn("z", "d", "e", "f").pod("p", "a").pod("q", "b").die("a", "b");
    cluster.runUntil(500);
    var times = cluster.times("event DeletingAllPods");
    assertThat(times).hasSize(2);
    assertThat(times.getLast() - times.getFirst()).isBetween(9_900L, 10_100L);
  }

  @Test
  void whoIsLeftAndWhatIsWrittenOnThem() {
    begin();
    cluster.pod("plain", "a").pod("elsewhere", "b");
    cluster.add(Pods.terminating().apply(Pods.pod("ending", "a", cluster.wallClock())));
    cluster.add(Pods.ofDaemonSet().apply(Pods.pod("owned", "a", cluster.wallClock())));
    cluster.add(Pods.mirror().apply(Pods.pod("static", "a", cluster.wallClock())));
    cluster.add(Pods.labelled("app", "agent").apply(Pods.pod("chosen", "a", cluster.wallClock())));
    cluster.add(Pods.labelled("app", "web").apply(Pods.pod("other", "a", cluster.wallClock())));
    cluster.add(daemonSet("default", "agent"));
    cluster.add(daemonSet("kube-system", "web"));
    cluster.die("a");
    cluster.runUntil(1000);
    assertThat(cluster.texts("delete")).containsExactlyInAnyOrder("delete plain", "delete other");
    assertThat(cluster.texts("lost"))
        .containsExactlyInAnyOrder(
            "lost plain", "lost ending", "lost owned", "lost static", "lost chosen", "lost other");
    assertThat(cluster.texts("event NodeControllerEviction"))
        .containsExactlyInAnyOrder(
            "event NodeControllerEviction plain", "event NodeControllerEviction other");
    assertThat(cluster.texts("condition")).isEmpty();
  }

  private static DaemonSetSnapshot daemonSet(String namespace, String app) {
    return new DaemonSetSnapshot(
        namespace,
        app,
        "uid-of-" + app,
        new PodSelector(List.of(new Requirement("app", Operator.IN, Set.of(app)))));
  }

  @Test
  void aPodThatNoDaemonSetSelectsAnyMoreGoes() {
    begin();
    cluster.add(daemonSet("default", "agent"));
    cluster.add(Pods.labelled("app", "agent").apply(Pods.pod("chosen", "a", cluster.wallClock())));
    cluster.die("a");
    cluster.runUntil(500);
    assertThat(cluster.texts("delete")).isEmpty();
    cluster.observe(new Observation.DaemonSetGone("uid-of-agent"));
    cluster.runUntil(501);
    assertThat(cluster.texts("delete")).containsExactly("delete chosen");
  }

  @Test
  void aNodeWithoutPodsIsEvictedSilentlyAndLatePodsGoAtOnce() {
    begin();
    cluster.die("a");
    cluster.runUntil(500);
    assertThat(cluster.texts("event DeletingAllPods")).isEmpty();
    assertThat(cluster.diary.happenings().stream().map(Diary.Happening::action))
        .filteredOn(Action.NodeReleased.class::isInstance)
        .hasSize(1);
    cluster.pod("late", "a");
    cluster.step();
    assertThat(cluster.times("delete late")).containsExactly(500_000L);
    cluster.runUntil(2000);
    assertThat(cluster.texts("event DeletingAllPods")).isEmpty();
  }

  @Test
  void aLatePodOfANodeThatSaysItIsNotReadyGoesToo() {
    begin();
    cluster.pod("p", "a").post("a", ConditionStatus.FALSE);
    cluster.runUntil(500);
    cluster.pod("late", "a");
    cluster.step();
    assertThat(cluster.texts("delete")).containsExactly("delete p", "delete late");
    assertThat(cluster.texts("event DeletingAllPods")).hasSize(1);
  }

  @Test
  void aNodeThatFailsAgainHasItsTimeoutAgain() {
    begin();
    cluster.pod("p", "a").die("a");
    cluster.runUntil(450).revive("a");
    cluster.runUntil(500);
    cluster.pod("q", "a").die("a");
    cluster.runUntil(799);
    assertThat(cluster.texts("delete")).containsExactly("delete p");
    cluster.runUntil(801);
    assertThat(cluster.texts("delete")).containsExactly("delete p", "delete q");
    assertThat(cluster.texts("event DeletingAllPods")).hasSize(2);
  }

  @Test
  void whileAllZonesAreDownNobodyGoesAndAfterwardsEveryNodeHasItsTimeoutAgain() {
    begin();
    cluster.pod("p", "a").pod("q", "b").die("a", "b", "c");
    cluster.runUntil(2000);
    assertThat(cluster.texts("delete")).isEmpty();
    assertThat(cluster.texts("lost")).isEmpty();
    cluster.revive("c");
    cluster.runUntil(2299);
    assertThat(cluster.texts("delete")).isEmpty();
    cluster.runUntil(2400);
    assertThat(cluster.texts("delete")).containsExactlyInAnyOrder("delete p", "delete q");
  }

  @Test
  void theStopAlsoHoldsLatePodsOfNodesThatWereEvictedBefore() {
    begin();
    cluster.pod("p", "a").die("a");
    cluster.runUntil(450);
    cluster.die("b", "c");
    cluster.runUntil(600).pod("late", "a");
    cluster.runUntil(3000);
    assertThat(cluster.texts("delete")).containsExactly("delete p");
  }

  @Test
  void afterBlindnessNobodyGoesForOneGracePeriod() {
    begin();
    cluster.pod("p", "a").die("a");
    cluster.runUntil(390);
    cluster.observe(new Observation.Paused(Duration.ofSeconds(11)));
    cluster.runUntil(439);
    assertThat(cluster.texts("delete")).isEmpty();
    assertThat(cluster.texts("event DeletingAllPods")).isEmpty();
    cluster.runUntil(441);
    assertThat(cluster.texts("delete")).containsExactly("delete p");
  }

  @Test
  void latePodsAreHeldWhileAWatchIsBroken() {
    begin();
    cluster.pod("p", "a").die("a");
    cluster.runUntil(450);
    cluster.observe(new Observation.WatchBroken(Resource.NODES));
    cluster.add(Pods.ofDaemonSet().apply(Pods.pod("owned", "a", cluster.wallClock())));
    cluster.pod("late", "a").runUntil(500);
    assertThat(cluster.texts("lost")).containsExactly("lost p");
    cluster.observe(new Observation.WatchRestored(Resource.NODES, Duration.ofSeconds(50)));
    cluster.runUntil(549);
    assertThat(cluster.texts("lost")).containsExactly("lost p");
    cluster.runUntil(551);
    assertThat(cluster.texts("delete")).containsExactly("delete p", "delete late");
    assertThat(cluster.texts("lost")).contains("lost owned");
  }

  @Test
  void aRestartBeginsTheTimeoutAnew() {
    begin();
    cluster.pod("p", "a").die("a");
    cluster.runUntil(390);
    cluster.restart();
    cluster.runUntil(689);
    assertThat(cluster.texts("delete")).isEmpty();
    cluster.runUntil(691);
    assertThat(cluster.texts("delete")).containsExactly("delete p");
  }

  @Test
  void onlyALostRaceHoldsTheDeletionUp() {
    begin();
    cluster.pod("denied", "a").pod("raced", "a").die("a");
    cluster.answer(write ->
        !(write instanceof MarkNodeLost mark)
            ? Optional.empty()
            : mark.pod().name().equals("denied")
                ? Optional.of(new Outcome.Failed("HTTP 403: no", Duration.ZERO))
                : Optional.of(new Outcome.Conflict()));
    cluster.runUntil(410);
    assertThat(cluster.texts("delete")).containsExactly("delete denied");
    cluster.answerNormally();
    cluster.runUntil(500);
    assertThat(cluster.texts("delete")).containsExactly("delete denied", "delete raced");
  }

  @Test
  void aDeletionThatFailsIsTriedUntilItIsDoneAndAnnouncedOnce() {
    begin();
    cluster.pod("p", "a").die("a");
    cluster.answer(write ->
        write instanceof DeletePod && write.attempt() < 5
            ? Optional.of(new Outcome.Failed("HTTP 429: later", Duration.ofSeconds(2)))
            : Optional.empty());
    cluster.runUntil(900);
    assertThat(cluster.texts("delete")).hasSize(6);
    assertThat(cluster.api.pods).doesNotContainKey("p");
    assertThat(cluster.texts("event NodeControllerEviction")).hasSize(1);
  }

  @Test
  void healthTaintsThatTheOtherModeLeftAreTakenOffReadyNodesOnly() {
    cluster.ready("a", "b", "c").die("b");
    var left = Nodes.tainted(taint("unreachable", "NoExecute"), taint("mine", "NoExecute"));
    cluster.changeNode("a", left);
    cluster.changeNode("b", left);
    cluster.post("b", ConditionStatus.UNKNOWN);
    cluster.sync().runUntil(100);
    assertThat(cluster.taints("a")).containsExactly("mine:NoExecute");
    assertThat(cluster.taints("b"))
        .containsExactly("unreachable:NoExecute", "mine:NoExecute", "unreachable:NoSchedule");
  }

  @Test
  void switchingToTaintsAdoptsThemAndGoesOnWithTheirCountdowns() {
    cluster = with(true, Optional.empty());
    begin();
    cluster.pod("p", "a", "unreachable=300").die("a");
    cluster.runUntil(200);
    assertThat(cluster.taints("a")).contains("unreachable:NoExecute");
    cluster.restart(policy(false, Optional.of(TIMEOUT)));
    cluster.runUntil(300).forget();
    assertThat(cluster.taints("a")).contains("unreachable:NoExecute");
    cluster.restart(policy(true, Optional.empty()));
    cluster.runUntil(449);
    assertThat(cluster.texts()).isEmpty();
    cluster.runUntil(453);
    assertThat(cluster.texts("delete")).containsExactly("delete p");
    assertThat(cluster.texts("taints")).isEmpty();
  }

  @Test
  void besidesTheTaintControllerHandSetTaintsEvictAsEver() {
    cluster = with(true);
    begin();
    cluster.pod("p", "a").pod("q", "b", "example.com/x=30").pod("r", "c", "example.com/x").die("c");
    cluster.changeNode("a", Nodes.tainted(taint("example.com/x", "NoExecute")));
    cluster.changeNode("b", Nodes.tainted(taint("example.com/x", "NoExecute")));
    cluster.runUntil(131);
    assertThat(cluster.texts("delete")).containsExactly("delete p", "delete q");
    assertThat(cluster.texts("condition")).containsExactly("condition p", "condition q");
    cluster.runUntil(500);
    assertThat(cluster.texts("delete")).containsExactly("delete p", "delete q", "delete r");
    assertThat(cluster.texts("lost")).containsExactly("lost r");
  }

  @Test
  void aNodeThatIsReadyAgainUnheardKeepsItsPodsAndTheirReason() {
    begin();
    cluster.pod("p", "a").die("a");
    cluster.runUntil(300);
    cluster.lag(Resource.NODES);
    cluster.post("a", ConditionStatus.TRUE);
    cluster.forget().runUntil(401);
    assertThat(cluster.diary.reads()).containsExactly("node a");
    assertThat(cluster.all(Action.EvictionAverted.class)).hasSize(1);
    assertThat(cluster.texts("delete")).isEmpty();
    assertThat(cluster.texts("lost")).isEmpty();
  }
}
