package io.nodelifecycle.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.UnknownCondition;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.LiveChecks;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Writes of a process that nobody reports, by what the API server held: what changed in the last 5
 * s may not be known, clocks may be wrong by 2 s, and to reconnect takes 10 s. The grace period is
 * 50 s, the eviction timeout where there is one 5 min.
 */
final class UnseenRulesTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final Slack SLACK =
      new Slack(
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofMillis(1500));
  private static final Toleration HALF_A_MINUTE = new Toleration("hand", "Exists", "", "", 30L);
  private static final Toleration A_MINUTE = new Toleration("hand", "Exists", "", "", 60L);
  private static final Toleration FOR_EVER = new Toleration("hand", "Exists", "", "", null);
  private static final String HAND = "hand:NoExecute";
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable:NoExecute";
  private static final String UNSCHEDULABLE = "node.kubernetes.io/unreachable:NoSchedule";
  private static final String NOT_READY = "node.kubernetes.io/not-ready:NoExecute";

  private final List<Violation> violations = new ArrayList<>();
  private Invariants invariants = rules(LiveChecks.defaults(), Optional.empty());
  private Instant now = START;
  private int version = 100;

  private Invariants rules(LiveChecks live, Optional<Duration> timeout) {
    return new Invariants(FactFeed.policy(live, timeout), SLACK, violations::add);
  }

  private void at(double seconds) {
    now = START.plusMillis(Math.round(seconds * 1000));
  }

  private void assertBroken(boolean isKept, Rule rule) {
    assertThat(violations.stream().map(Violation::rule).toList())
        .isEqualTo(isKept ? List.of() : List.of(rule));
  }

  // What is there.

  private NodeSnapshot node(String name, ConditionStatus ready, String... taints) {
    version++;
    var list =
        Arrays.stream(taints)
            .map(each -> each.split(":"))
            .map(each -> Taint.unstamped(each[0], each[1]))
            .toList();
    var heartbeat = ready == ConditionStatus.TRUE ? now : START;
    var node =
        new NodeSnapshot(
            name,
            "uid-" + name,
            Integer.toString(version),
            START,
            Map.of("topology.kubernetes.io/zone", "z"),
            list,
            false,
            List.of(new NodeCondition("Ready", ready, heartbeat, START)));
    invariants.nodeIs(node, now);
    return node;
  }

  private PodSnapshot pod(Toleration... tolerations) {
    return pod("uid-pod", false, tolerations);
  }

  private PodSnapshot pod(String uid, boolean isTerminating, Toleration... tolerations) {
    version++;
    var pod =
        new PodSnapshot(
            new PodKey("default", "pod", uid),
            Integer.toString(version),
            "a",
            List.of(tolerations),
            ConditionStatus.TRUE,
            isTerminating,
            false,
            null,
            false,
            false,
            Map.of());
    invariants.podIs(pod, now);
    return pod;
  }

  private void applied(Write write) {
    invariants.applied("somebody", write, now);
  }

  private void deleted(PodSnapshot pod) {
    applied(new Action.DeletePod(pod.key(), "a", true, 0));
  }

  private void tainted(NodeSnapshot node, String... taints) {
    var list =
        Arrays.stream(taints)
            .map(each -> each.split(":"))
            .map(each -> Taint.unstamped(each[0], each[1]))
            .toList();
    applied(new PatchNodeTaints(node.key(), node.resourceVersion(), list, List.of(), List.of(), 0));
  }

  // Deletions.

  @Test
  void aPodOfAHealthyNodeIsNotDeleted() {
    node("a", ConditionStatus.TRUE);
    deleted(pod());
    assertBroken(false, Rule.LIVE_TAINTS);
  }

  @ParameterizedTest
  @CsvSource({"15, true", "15.001, false"})
  void aTaintThatWentLatelyMayStillBeKnown(double second, boolean isKept) {
    node("a", ConditionStatus.TRUE, HAND);
    var pod = pod();
    at(10);
    node("a", ConditionStatus.TRUE);
    at(second);
    deleted(pod);
    assertBroken(isKept, Rule.LIVE_TAINTS);
  }

  /** It carries the taint from 10 on. */
  @ParameterizedTest
  @CsvSource({"37.999, false", "38, true", "100, true"})
  void aPodIsDeletedAfterItsTime(double second, boolean isKept) {
    node("a", ConditionStatus.TRUE);
    var pod = pod(HALF_A_MINUTE);
    at(10);
    node("a", ConditionStatus.TRUE, HAND);
    at(second);
    deleted(pod);
    assertBroken(isKept, Rule.DEADLINE);
  }

  /** The taint is gone from 20 on, and then there again: it counts from 0, or from then. */
  @ParameterizedTest
  @CsvSource({"25, true", "25.001, false"})
  void aTaintThatIsGoneForAMomentMayNeverHaveBeenSeenGone(double again, boolean isKept) {
    node("a", ConditionStatus.TRUE, HAND);
    var pod = pod(HALF_A_MINUTE);
    at(20);
    node("a", ConditionStatus.TRUE);
    at(again);
    node("a", ConditionStatus.TRUE, HAND);
    at(35);
    deleted(pod);
    assertBroken(isKept, Rule.DEADLINE);
  }

  @Test
  void whatToleratesForEverStays() {
    node("a", ConditionStatus.TRUE, HAND);
    deleted(pod(FOR_EVER));
    assertBroken(false, Rule.UNTOLERATED_ONLY);
  }

  /** Until 40 it tolerated the taint for half a minute, then for a whole one. */
  @ParameterizedTest
  @CsvSource({"45, true", "45.001, false", "58, true"})
  void whatWasToleratedLatelyMayStillBeKnown(double second, boolean isKept) {
    node("a", ConditionStatus.TRUE, HAND);
    pod(HALF_A_MINUTE);
    at(40);
    var pod = pod(A_MINUTE);
    at(second);
    deleted(pod);
    assertBroken(isKept, Rule.DEADLINE);
  }

  @ParameterizedTest
  @CsvSource({"15, true", "15.001, false"})
  void aPodThatIsTerminatingIsLeftAlone(double second, boolean isKept) {
    node("a", ConditionStatus.TRUE, HAND);
    pod();
    at(10);
    var pod = pod("uid-pod", true);
    at(12);
    pod("uid-pod", true);
    at(second);
    deleted(pod);
    assertBroken(isKept, Rule.RIGHT_POD);
  }

  @Test
  void aDeletionNamesTheUid() {
    node("a", ConditionStatus.TRUE, HAND);
    pod();
    applied(new Action.DeletePod(new PodKey("default", "pod", ""), "a", true, 0));
    assertBroken(false, Rule.RIGHT_POD);
  }

  /** The pod is gone at 10, and another of its name is there. */
  @ParameterizedTest
  @CsvSource({"uid-pod, 15, true", "uid-pod, 15.001, false", "uid-other, 10, false"})
  void aDeletionThatComesTooLateWasMeantForAPodThatWas(String uid, double second, boolean isKept) {
    node("a", ConditionStatus.TRUE, HAND);
    var pod = pod();
    at(10);
    invariants.podGone(pod.key(), now);
    pod("uid-new", false);
    at(second);
    var key = new PodKey("default", "pod", uid);
    invariants.refused("somebody", new Action.DeletePod(key, "a", true, 0), now);
    assertBroken(isKept, Rule.RIGHT_POD);
  }

  @Test
  void podsOfANodeThatIsGoneMayBeDeletedForAMoment() {
    node("a", ConditionStatus.TRUE, HAND);
    var pod = pod();
    at(10);
    invariants.nodeGone("a", now);
    deleted(pod);
    assertBroken(true, Rule.LIVE_TAINTS);
    at(15.001);
    deleted(pod);
    assertBroken(false, Rule.LIVE_TAINTS);
  }

  // All zones are down.

  /** From 10 on no node is Ready. */
  @ParameterizedTest
  @CsvSource({"15, false", "14.999, true"})
  void nothingIsEvictedForHealthWhileAllZonesAreDown(double second, boolean isKept) {
    node("a", ConditionStatus.UNKNOWN, UNREACHABLE);
    node("b", ConditionStatus.TRUE);
    var pod = pod();
    at(10);
    node("b", ConditionStatus.UNKNOWN);
    at(second);
    deleted(pod);
    assertBroken(isKept, Rule.CLUSTER_STOP);
  }

  @ParameterizedTest
  @CsvSource({"15, false", "14.999, true"})
  void nothingIsTaintedForHealthWhileAllZonesAreDown(double second, boolean isKept) {
    node("b", ConditionStatus.TRUE);
    at(10);
    var node = node("a", ConditionStatus.UNKNOWN);
    node("b", ConditionStatus.FALSE);
    at(second);
    tainted(node, UNREACHABLE, UNSCHEDULABLE);
    assertBroken(isKept, Rule.CLUSTER_STOP);
  }

  @Test
  void aTaintSetByHandEvictsAllTheSame() {
    node("a", ConditionStatus.UNKNOWN, UNREACHABLE, HAND);
    var pod = pod();
    at(100);
    deleted(pod);
    assertBroken(true, Rule.CLUSTER_STOP);
  }

  // Silence.

  /** Last heard at 100. */
  @ParameterizedTest
  @CsvSource({"149.999, false", "150, true"})
  void aNodeIsUnknownAfterItsGrace(double second, boolean isKept) {
    node("a", ConditionStatus.TRUE);
    at(100);
    var node = node("a", ConditionStatus.TRUE);
    at(second);
    applied(unknown(node));
    assertBroken(isKept, Rule.SILENCE);
  }

  @ParameterizedTest
  @CsvSource({"45, false", "45.001, true"})
  void aHeartbeatMayBeTooYoungToBeKnown(double heartbeat, boolean isKept) {
    var node = node("a", ConditionStatus.TRUE);
    at(heartbeat);
    invariants.leaseIs("a", "1", now);
    at(50);
    applied(unknown(node));
    assertBroken(isKept, Rule.SILENCE);
  }

  @Test
  void fourConditionsBecomeUnknown() {
    var node = node("a", ConditionStatus.TRUE);
    at(60);
    applied(
        new PatchNodeStatus(
            node.key(), node.resourceVersion(), List.of(new UnknownCondition("Ready", null)), 0));
    assertBroken(false, Rule.UNKNOWN_CONDITIONS);
  }

  private static PatchNodeStatus unknown(NodeSnapshot node) {
    return new PatchNodeStatus(
        node.key(),
        node.resourceVersion(),
        List.of(
            new UnknownCondition("Ready", null),
            new UnknownCondition("MemoryPressure", START),
            new UnknownCondition("DiskPressure", START),
            new UnknownCondition("PIDPressure", START)),
        0);
  }

  // Taints.

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN, unreachable:NoSchedule, ",
    "UNKNOWN, unreachable:NoSchedule unreachable:NoExecute, ",
    "UNKNOWN, unreachable:NoSchedule not-ready:NoExecute, NO_EXECUTE_TAINTS",
    "UNKNOWN, unreachable:NoExecute, NO_SCHEDULE_TAINTS",
    "TRUE, '', ",
    "TRUE, not-ready:NoExecute, NO_EXECUTE_TAINTS",
    "FALSE, not-ready:NoSchedule not-ready:NoExecute, ",
    "FALSE, not-ready:NoSchedule foreign:NoExecute, NO_SCHEDULE_TAINTS"
  })
  void taintsAreWhatTheConditionsOfTheVersionSay(
      ConditionStatus ready, String taints, Rule broken) {
    node("b", ConditionStatus.TRUE);
    var node = node("a", ready);
    tainted(
        node,
        Arrays.stream(taints.split(" "))
            .filter(each -> !each.isEmpty())
            .map(each -> "node.kubernetes.io/" + each)
            .toArray(String[]::new));
    assertBroken(broken == null, broken);
  }

  /** Node b was last heard at 100; the window begins 5 s before. */
  @ParameterizedTest
  @CsvSource({"149.999, false", "150, true"})
  void aHealthTaintIsTakenOffAFailedNodeOnlyIfAllMayBeDown(double second, boolean isKept) {
    node("b", ConditionStatus.TRUE);
    at(100);
    node("b", ConditionStatus.TRUE);
    var node = node("a", ConditionStatus.UNKNOWN, UNREACHABLE, UNSCHEDULABLE);
    at(second);
    tainted(node, UNSCHEDULABLE);
    assertBroken(isKept, Rule.NO_EXECUTE_TAINTS);
  }

  /** All are down from 10 until 20. */
  @ParameterizedTest
  @CsvSource({"5, true", "20, true", "20.001, false"})
  void aHealthTaintThatWasThereWhenAllWereDownIsTakenOffWheneverThatSucceeds(
      double taintedAt, boolean isKept) {
    node("b", ConditionStatus.TRUE);
    node("a", ConditionStatus.UNKNOWN, UNSCHEDULABLE);
    var turn = List.of(5.0, 10.0, 20.0, 20.001, 190.0);
    var node = node("a", ConditionStatus.UNKNOWN, UNSCHEDULABLE);
    for (var second : turn) {
      at(second);
      if (second == taintedAt) {
        node = node("a", ConditionStatus.UNKNOWN, UNREACHABLE, UNSCHEDULABLE);
      }
      node("b", second == 10 ? ConditionStatus.UNKNOWN : ConditionStatus.TRUE);
    }
    at(200);
    tainted(node, UNSCHEDULABLE);
    assertBroken(isKept, Rule.NO_EXECUTE_TAINTS);
  }

  @Test
  void oneHealthTaintIsSwappedForTheOther() {
    node("b", ConditionStatus.TRUE);
    tainted(node("a", ConditionStatus.UNKNOWN, NOT_READY), UNREACHABLE, UNSCHEDULABLE);
    assertBroken(true, Rule.NO_EXECUTE_TAINTS);
  }

  @ParameterizedTest
  @CsvSource({"'', uid-a", "1, uid-a", "101, uid-b"})
  void writesCarryWhatWasJudged(String judged, String uid) {
    node("a", ConditionStatus.TRUE);
    var key = new NodeKey("a", uid);
    applied(new PatchNodeTaints(key, judged, List.of(), List.of(), List.of(), 0));
    assertBroken(false, Rule.JUDGED_VERSION);
  }

  // Pods of unknown nodes.

  /** The node is Unknown until 10. */
  @ParameterizedTest
  @CsvSource({"15, true", "15.001, false"})
  void podsAreMarkedOnUnknownNodes(double second, boolean isKept) {
    node("a", ConditionStatus.UNKNOWN);
    var pod = pod();
    at(10);
    node("a", ConditionStatus.TRUE);
    at(second);
    applied(new MarkPodNotReady(pod.key(), pod.resourceVersion(), 0));
    assertBroken(isKept, Rule.POD_READINESS);
  }

  // The API server is out of reach.

  /** From 100 to 106; the taint goes meanwhile. Up to 116 watches may be away, and then late. */
  @ParameterizedTest
  @CsvSource({"120.999, true", "121, false"})
  void whatChangedWhileNobodyHeardMayNotBeKnown(double second, boolean isKept) {
    node("a", ConditionStatus.TRUE, HAND);
    var pod = pod();
    at(100);
    invariants.unreachable(now, now.plusSeconds(6));
    at(102);
    node("a", ConditionStatus.TRUE);
    at(second);
    deleted(pod);
    assertBroken(isKept, Rule.LIVE_TAINTS);
  }

  /** Two monitor periods are 10 s, and a watch may be cut 1.5 s late; a grace period follows. */
  @ParameterizedTest
  @CsvSource({"11.5, 1, true", "11.501, 49.999, false", "11.501, 50, true"})
  void afterBlindnessThereIsPatience(double length, double later, boolean isKept) {
    var node = node("a", ConditionStatus.TRUE);
    at(100);
    invariants.unreachable(now, now.plusMillis(Math.round(length * 1000)));
    at(100 + length + later);
    applied(unknown(node));
    assertBroken(isKept, Rule.PATIENCE);
  }

  // Without taints.

  /** Not Ready since 100. */
  @ParameterizedTest
  @CsvSource({"399.999, false", "400, true"})
  void withoutTaintsANodeIsGivenUpAfterTheTimeout(double second, boolean isKept) {
    invariants = rules(LiveChecks.defaults(), Optional.of(Duration.ofMinutes(5)));
    node("b", ConditionStatus.TRUE);
    node("a", ConditionStatus.TRUE);
    var pod = pod();
    at(100);
    node("a", ConditionStatus.FALSE);
    at(second);
    applied(new Action.MarkNodeLost(pod.key(), pod.resourceVersion(), "a", 0));
    assertBroken(isKept, Rule.EVICTION_TIMEOUT);
  }

  @Test
  void aControllerThatIsOffWritesNothing() {
    var all = CorePolicy.defaults();
    var off =
        new CorePolicy(
            all.health(),
            all.disruption(),
            all.eviction(),
            false,
            true,
            false,
            Optional.empty(),
            all.live());
    invariants = new Invariants(off, SLACK, violations::add);
    var node = node("a", ConditionStatus.TRUE);
    applied(new Action.PatchNodeLabels(node.key(), Map.of("x", "y"), 0));
    assertThat(violations).extracting(Violation::rule).contains(Rule.SWITCHED_OFF);
  }

  @Test
  void labelsAreCopies() {
    var node = node("a", ConditionStatus.TRUE);
    applied(new Action.PatchNodeLabels(node.key(), Map.of("beta.kubernetes.io/os", "x"), 0));
    assertBroken(false, Rule.LABELS);
  }
}
