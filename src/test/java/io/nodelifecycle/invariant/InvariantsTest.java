package io.nodelifecycle.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.Priority;
import io.nodelifecycle.core.Action.ReadLease;
import io.nodelifecycle.core.Action.ReadLeases;
import io.nodelifecycle.core.Action.ReadNode;
import io.nodelifecycle.core.Action.UnknownCondition;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.LiveChecks;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule is kept just at its limit, and broken just beyond. Patience ends at 50 s. */
final class InvariantsTest {
  private static final Toleration HALF_A_MINUTE =
      new Toleration("node.kubernetes.io/hand", "Exists", "", "", 30L);
  private static final Toleration FOR_EVER = new Toleration("", "Exists", "", "", null);

  private FactFeed feed = new FactFeed();

  private FactFeed ready() {
    return feed.synced(
        feed.nodeOf("a", ConditionStatus.TRUE),
        feed.nodeOf("b", ConditionStatus.TRUE),
        feed.nodeOf("c", ConditionStatus.TRUE));
  }

  private void assertBroken(boolean isKept, Rule rule) {
    assertThat(feed.broken()).isEqualTo(isKept ? List.of() : List.of(rule));
  }

  // Silence.

  /** Last heard at 100. */
  @ParameterizedTest
  @CsvSource({"150, 0, false", "150, 1, true", "149, 0, false"})
  void aNodeIsSilentAfterItsGrace(double seconds, int nanos, boolean isKept) {
    ready().at(100).lease("a", "1").atNanosAfter(seconds, nanos).silent("a");
    assertBroken(isKept, Rule.SILENCE);
  }

  @Test
  void aNodeWithoutStatusHasItsStartupGrace() {
    feed.synced(feed.nodeOf("a", ConditionStatus.ABSENT), feed.nodeOf("b", ConditionStatus.TRUE));
    feed.at(60).silent("a");
    assertThat(feed.broken()).containsExactly(Rule.SILENCE);
  }

  @ParameterizedTest
  @CsvSource({"10.0, true", "10.001, false"})
  void afterBlindnessThereIsPatience(double pause, boolean isKept) {
    ready().at(90);
    feed.observed(new Observation.Paused(Duration.ofMillis(Math.round(pause * 1000))));
    feed.at(139.9).silent("a");
    assertBroken(isKept, Rule.PATIENCE);
  }

  @Test
  void nothingIsConcludedWhileAWatchIsBroken() {
    ready().at(90).observed(new Observation.WatchBroken(Resource.LEASES)).silent("a");
    assertThat(feed.broken()).containsExactly(Rule.PATIENCE);
  }

  /** The watch has shown version 1. */
  @ParameterizedTest
  @CsvSource({"1, true", "'', true", "2, false"})
  void aLiveLeaseThatTheWatchHasNotShownForbidsTheVerdict(String live, boolean isKept) {
    feed = new FactFeed(FactFeed.policy(LiveChecks.defaults(), Optional.empty()), 20, 30);
    ready().lease("a", "1").at(100).sent(new ReadLease("a")).applied(new ReadLease("a"));
    Map<String, String> versions = live.isEmpty() ? Map.of() : Map.of("a", live);
    var outcome = new ReadOutcome.Leases(versions);
    feed.observed(new Observation.ReadEnded(new ReadLease("a"), outcome)).silent("a");
    assertBroken(isKept, Rule.LIVE_LEASE);
  }

  @Test
  void aRenewalThatTheReaderHidIsKnown() {
    feed = new FactFeed(FactFeed.policy(LiveChecks.defaults(), Optional.empty()), 20, 30);
    ready().lease("a", "1").at(99).invariants.leaseIs("a", "2", feed.now());
    feed.at(100).applied(new ReadLease("a"));
    var outcome = new ReadOutcome.Leases(Map.of("a", "1"));
    feed.observed(new Observation.ReadEnded(new ReadLease("a"), outcome)).silent("a");
    assertThat(feed.broken()).containsExactly(Rule.LIVE_LEASE);
  }

  @ParameterizedTest
  @CsvSource({"100.999, false", "101, true"})
  void allLeasesAreReadOnceASecond(double second, boolean isKept) {
    ready().at(100).sent(new ReadLeases()).at(second).sent(new ReadLeases());
    assertBroken(isKept, Rule.LEASE_LISTS);
  }

  @ParameterizedTest
  @CsvSource({"DiskPressure, PIDPressure, true", "NetworkUnavailable, PIDPressure, false"})
  void fourConditionsBecomeUnknown(String third, String fourth, boolean isKept) {
    var node = feed.nodeOf("a", ConditionStatus.TRUE);
    feed.synced(node, feed.nodeOf("b", ConditionStatus.TRUE)).at(100).silent("a");
    var conditions =
        List.of(
            new UnknownCondition("Ready", null),
            new UnknownCondition("MemoryPressure", FactFeed.START),
            new UnknownCondition(third, FactFeed.START),
            new UnknownCondition(fourth, FactFeed.START));
    feed.sent(new PatchNodeStatus(node.key(), node.resourceVersion(), conditions, 0));
    assertBroken(isKept, Rule.UNKNOWN_CONDITIONS);
  }

  @Test
  void aWriteIsCarriedOutOnTheVersionThatWasJudged() {
    ready();
    var other = feed.nodeOf("a", ConditionStatus.TRUE);
    feed.invariants.nodeIs(other, feed.now());
    feed.applied(new PatchNodeStatus(other.key(), other.resourceVersion(), List.of(), 0));
    assertThat(feed.broken()).isEmpty();
    feed.applied(new PatchNodeStatus(other.key(), "100", List.of(), 0));
    assertThat(feed.broken()).containsExactly(Rule.JUDGED_VERSION);
  }

  // Taints and zones.

  private static PatchNodeTaints taints(NodeSnapshot node, String... taints) {
    var all = new ArrayList<Taint>();
    var added = new ArrayList<Taint>();
    for (var text : taints) {
      var parts = text.split(":");
      var taint = new Taint("node.kubernetes.io/" + parts[0], "", parts[1], null);
      all.add(taint);
      if (!node.taints().contains(taint)) {
        added.add(taint);
      }
    }
    return new PatchNodeTaints(node.key(), node.resourceVersion(), all, added, List.of(), 0);
  }

  @ParameterizedTest
  @CsvSource({
    "hand:NoExecute;unreachable:NoSchedule,                          ",
    "unreachable:NoSchedule,                                         NO_SCHEDULE_TAINTS",
    "hand:NoExecute,                                                 NO_SCHEDULE_TAINTS",
    "hand:NoExecute;not-ready:NoSchedule,                            NO_SCHEDULE_TAINTS",
    "hand:NoExecute;unreachable:NoSchedule;unreachable:NoExecute,    NO_EXECUTE_TAINTS",
  })
  void taintsAreWhatConditionsSayAndForeignOnesAreKept(String sent, Rule broken) {
    ready().at(10);
    var node = feed.nodeOf("a", ConditionStatus.UNKNOWN, "hand:NoExecute");
    feed.node(node).judged().sent(taints(node, sent.split(";")));
    assertThat(feed.broken()).isEqualTo(broken == null ? List.of() : List.of(broken));
  }

  @Test
  void afterItsTurnANodeIsTaintedAndThenSwappedAtOnce() {
    ready().at(10);
    var node = feed.nodeOf("a", ConditionStatus.FALSE, "not-ready:NoSchedule");
    feed.node(node).released("a");
    feed.sent(taints(node, "not-ready:NoSchedule", "not-ready:NoExecute"));
    assertThat(feed.broken()).isEmpty();
    var tainted =
        feed.nodeOf("b", ConditionStatus.UNKNOWN, "unreachable:NoSchedule", "not-ready:NoExecute");
    feed.node(tainted).judged().sent(taints(tainted, "unreachable:NoSchedule"));
    assertThat(feed.broken()).containsExactly(Rule.NO_EXECUTE_TAINTS);
  }

  @ParameterizedTest
  @CsvSource({"19.999, false", "20, true"})
  void aZoneLetsANodeOutForEachToken(double second, boolean isKept) {
    ready().at(10).node(feed.nodeOf("a", ConditionStatus.FALSE)).released("a");
    feed.node(feed.nodeOf("b", ConditionStatus.FALSE)).at(second).released("b");
    assertBroken(isKept, Rule.ZONE_RATE);
  }

  /** Only the last node is ready, and it is another one under the same name. */
  @Test
  void aNodeThatWasCreatedAnewWasNeverMissing() {
    ready().at(10).node(feed.nodeOf("a", ConditionStatus.FALSE));
    feed.node(feed.nodeOf("b", ConditionStatus.FALSE)).judged();
    feed.listed(
        feed.nodeOf("a", ConditionStatus.FALSE),
        feed.nodeOf("b", ConditionStatus.FALSE),
        FactFeed.createdAnew(feed.nodeOf("c", ConditionStatus.TRUE)));
    feed.released("a");
    assertThat(feed.broken()).isEmpty();
  }

  @Test
  void aNodeIsLetOutOnceUntilItWasReady() {
    ready().at(10).node(feed.nodeOf("a", ConditionStatus.FALSE)).released("a");
    feed.at(20).node(feed.nodeOf("a", ConditionStatus.TRUE)).judged();
    feed.node(feed.nodeOf("a", ConditionStatus.FALSE)).released("a");
    assertThat(feed.broken()).isEmpty();
    feed.at(30).lease("b", "1").released("a");
    assertThat(feed.broken()).containsExactly(Rule.QUEUED_ONCE);
  }

  @Test
  void nothingIsLetOutOrTaintedWhereAllZonesAreDown() {
    ready().at(10);
    var node = feed.nodeOf("a", ConditionStatus.FALSE, "not-ready:NoSchedule");
    feed.node(node).released("a");
    feed.node(feed.nodeOf("b", ConditionStatus.FALSE));
    feed.node(feed.nodeOf("c", ConditionStatus.FALSE)).judged();
    feed.sent(taints(node, "not-ready:NoSchedule", "not-ready:NoExecute"));
    assertThat(feed.broken()).containsExactly(Rule.CLUSTER_STOP);
    feed.at(30).released("b");
    assertThat(feed.broken()).contains(Rule.ZONE_RATE, Rule.HALF_GRACE);
  }

  /** The other nodes were heard at 10; half of the grace is 25 s. */
  @ParameterizedTest
  @CsvSource({"35, true", "35.001, false"})
  void queuesHoldWhileNoNodeWasHeardForHalfItsGrace(double second, boolean isKept) {
    ready().at(10).lease("b", "1").lease("c", "2");
    feed.node(feed.nodeOf("a", ConditionStatus.FALSE)).at(second).released("a");
    assertBroken(isKept, Rule.HALF_GRACE);
  }

  // Pods.

  private PodSnapshot tainted(Toleration... tolerations) {
    ready().at(100);
    var pod = feed.podOn("a", tolerations);
    feed.pod(pod).node(feed.nodeOf("a", ConditionStatus.TRUE, "hand:NoExecute")).judged();
    return pod;
  }

  /** Tainted at 100, tolerated for 30 s. */
  @ParameterizedTest
  @CsvSource({"129.999, false", "130, true"})
  void aPodIsDeletedAfterItsDeadline(double second, boolean isKept) {
    var pod = tainted(HALF_A_MINUTE);
    feed.at(second).sent(FactFeed.deletion(pod));
    assertThat(feed.broken().contains(Rule.DEADLINE)).isEqualTo(!isKept);
  }

  @Test
  void onlyAPodThatDoesNotTolerateIsDeleted() {
    feed.sent(FactFeed.deletion(tainted()));
    assertThat(feed.broken()).isEmpty();
    feed = new FactFeed();
    feed.sent(FactFeed.deletion(tainted(FOR_EVER)));
    assertThat(feed.broken()).containsExactly(Rule.UNTOLERATED_ONLY, Rule.LIVE_TAINTS);
    feed = new FactFeed();
    feed.sent(FactFeed.deletion(tainted(HALF_A_MINUTE, FOR_EVER)));
    assertThat(feed.broken()).containsExactly(Rule.DEADLINE, Rule.LIVE_TAINTS);
  }

  /** The node was read at 100 and carried the taint, or in truth did not any more. */
  @ParameterizedTest
  @CsvSource({"101, true, true", "101.001, true, false", "100, false, false"})
  void theNodeIsReadLive(double second, boolean isTainted, boolean isKept) {
    feed = new FactFeed(FactFeed.policy(LiveChecks.defaults(), Optional.empty()), 20, 30);
    var pod = tainted();
    if (!isTainted) {
      feed.invariants.nodeIs(feed.nodeOf("a", ConditionStatus.TRUE), feed.now().minusNanos(1));
    }
    var read = new ReadNode(FactFeed.key("a"));
    var answer = feed.nodeOf("a", ConditionStatus.TRUE, "hand:NoExecute");
    feed.sent(read).applied(read);
    feed.observed(new Observation.ReadEnded(read, new ReadOutcome.Node(answer)));
    feed.at(second).sent(FactFeed.deletion(pod));
    assertBroken(isKept, Rule.LIVE_TAINTS);
  }

  @Test
  void noPodIsDeletedTwiceOrInsteadOfAnother() {
    var pod = tainted();
    var deletion = FactFeed.deletion(pod);
    feed.sent(deletion).ended(deletion, new Outcome.Succeeded(null, null, feed.now()));
    feed.applied(deletion);
    assertThat(feed.broken()).isEmpty();
    feed.sent(deletion);
    assertThat(feed.broken()).containsExactly(Rule.RIGHT_POD);
    var other = new PodKey("default", "pod", "uid-other");
    feed.applied(new Action.DeletePod(other, "a", true, 0));
    assertThat(feed.broken()).containsExactly(Rule.RIGHT_POD, Rule.RIGHT_POD);
  }

  @Test
  void podsAreMarkedOnUnknownNodesOnly() {
    ready().at(100);
    var pod = feed.podOn("a");
    var mark = new MarkPodNotReady(pod.key(), pod.resourceVersion(), 0);
    feed.node(feed.nodeOf("a", ConditionStatus.UNKNOWN)).pod(pod).sent(mark);
    assertThat(feed.broken()).isEmpty();
    feed.ended(mark, new Outcome.Conflict()).node(feed.nodeOf("a", ConditionStatus.FALSE));
    feed.sent(mark);
    assertThat(feed.broken()).containsExactly(Rule.POD_READINESS);
  }

  @ParameterizedTest
  @CsvSource({"149.999, false", "150, true"})
  void aContestedPodIsMarkedAgainAfterAGracePeriod(double second, boolean isKept) {
    ready().at(100);
    var pod = feed.podOn("a");
    var mark = new MarkPodNotReady(pod.key(), pod.resourceVersion(), 0);
    feed.node(feed.nodeOf("a", ConditionStatus.UNKNOWN)).pod(pod).sent(mark);
    feed.ended(mark, new Outcome.Succeeded(null, pod, feed.now())).at(second).sent(mark);
    assertBroken(isKept, Rule.CONTESTED_READINESS);
  }

  /** Ready is False since 100, the timeout is 100 s. */
  @ParameterizedTest
  @CsvSource({"200, 0, false", "200, 1, true"})
  void withoutTaintsANodeIsGivenUpAfterTheTimeout(double second, int nanos, boolean isKept) {
    var timeout = Optional.of(Duration.ofSeconds(100));
    feed = new FactFeed(FactFeed.policy(LiveChecks.none(), timeout), 20, 30);
    ready().at(100).node(feed.nodeOf("a", ConditionStatus.FALSE));
    feed.at(second).lease("b", "1").atNanosAfter(second, nanos).released("a");
    assertBroken(isKept, Rule.EVICTION_TIMEOUT);
  }

  /** Unknown and last heard at 100, the timeout is 100 s: it waits for its turn since then. */
  @ParameterizedTest
  @CsvSource({"200, 0, false", "200, 1, true"})
  void aRenewalDoesNotTakeANodeOutOfItsQueue(double second, int nanos, boolean isKept) {
    var timeout = Optional.of(Duration.ofSeconds(100));
    feed = new FactFeed(FactFeed.policy(LiveChecks.none(), timeout), 20, 30);
    ready().at(100).node(feed.nodeOf("a", ConditionStatus.UNKNOWN)).judged();
    feed.at(190).lease("b", "1").atNanosAfter(second, nanos).lease("a", "2").judged();
    feed.at(202).released("a");
    assertBroken(isKept, Rule.EVICTION_TIMEOUT);
  }

  // Requests.

  /** It may act before 110. */
  @ParameterizedTest
  @CsvSource({"109.999, true", "110, false"})
  void onlyTheLeaderSends(double second, boolean isKept) {
    ready().at(100).invariants.leads("p", feed.now().plusSeconds(10));
    feed.at(second).sent(new ReadLease("a"));
    assertBroken(isKept, Rule.LEADERSHIP);
  }

  @Test
  void oneWriteToAnObjectIsUnderWay() {
    var deletion = FactFeed.deletion(tainted());
    feed.sent(deletion).sent(deletion);
    assertThat(feed.broken()).containsExactly(Rule.ONE_WRITE);
  }

  /** One a second, burst 2. */
  @ParameterizedTest
  @CsvSource({"0.999, false", "1, true"})
  void requestsKeepToTheBudget(double second, boolean isKept) {
    feed = new FactFeed(CorePolicy.defaults(), 1, 2);
    feed.sent(new ReadLease("a")).sent(new ReadLease("b")).at(second).sent(new ReadLease("c"));
    assertBroken(isKept, Rule.BUDGET);
  }

  /** Burst 3: two reads leave a debt of one, and what each paid for comes back with its answer. */
  @ParameterizedTest
  @CsvSource({"1, false", "2, true"})
  void whatFailedReadsPaidForIsThereAgain(int answers, boolean isKept) {
    feed = new FactFeed(CorePolicy.defaults(), 1, 3);
    var reads = List.of(new ReadNode(FactFeed.key("a")), new ReadNode(FactFeed.key("b")));
    reads.forEach(feed::sent);
    for (var read : reads.subList(0, answers)) {
      feed.observed(new Observation.ReadEnded(read, new ReadOutcome.Failed("500", Duration.ZERO)));
    }
    feed.sent(new ReadNode(FactFeed.key("c")));
    assertBroken(isKept, Rule.BUDGET);
  }

  /** Failed at 100 for the second time, the API server asked for so many seconds. */
  @ParameterizedTest
  @CsvSource({"0, 101.999, false", "0, 102, true", "7, 106.999, false", "7, 107, true"})
  void aFailedWriteIsTriedAfterItsBackoff(int retryAfter, double second, boolean isKept) {
    var pod = tainted();
    var failed = new Action.DeletePod(pod.key(), "a", true, 1);
    feed.sent(failed).ended(failed, new Outcome.Failed("no", Duration.ofSeconds(retryAfter)));
    feed.at(second);
    feed.node(feed.nodeOf("a", ConditionStatus.TRUE, "hand:NoExecute"));
    feed.sent(new Action.DeletePod(pod.key(), "a", true, 2));
    assertBroken(isKept, Rule.BACKOFF);
  }

  /** Deletions are sent while the status of a node waits. */
  @Test
  void moreUrgentRequestsGoFirstAndNoneWaitsForEver() {
    feed.waits(Priority.NODE_STATUS, 1);
    feed.sent(new ReadNode(FactFeed.key("a")));
    assertThat(feed.broken()).containsExactly(Rule.PRIORITY);
    feed = new FactFeed();
    feed.waits(Priority.EVENTS, 1);
    for (var i = 0; i < 25; i++) {
      feed.sent(new ReadLease("a"));
    }
    assertThat(feed.broken()).isEmpty();
    feed.sent(new ReadLease("a"));
    assertThat(feed.broken()).containsExactly(Rule.PRIORITY);
  }

  /** Who waits for answers to what was sent before is not passed over. */
  @ParameterizedTest
  @CsvSource({"2, false", "3, true"})
  void manyRequestsUnderWayMayHoldOthersBack(int underWay, boolean isKept) {
    feed.waits(Priority.EVENTS, 1).underWay(underWay);
    for (var i = 0; i < 26; i++) {
      feed.sent(new ReadLease("a"));
    }
    assertBroken(isKept, Rule.PRIORITY);
  }

  @Test
  void aControllerThatIsOffWritesNothing() {
    var on = CorePolicy.defaults();
    feed =
        new FactFeed(
            new CorePolicy(
                on.health(),
                on.disruption(),
                on.eviction(),
                true,
                false,
                true,
                Optional.empty(),
                LiveChecks.none()),
            20,
            30);
    feed.sent(FactFeed.deletion(tainted()));
    assertThat(feed.broken()).containsExactly(Rule.SWITCHED_OFF);
  }

  /** Three nodes, no lease, no pod. */
  @ParameterizedTest
  @CsvSource({"30, true", "31, false"})
  void memoryIsForWhatExists(int things, boolean isKept) {
    ready().invariants.remembers("p", things, feed.now());
    assertBroken(isKept, Rule.MEMORY);
  }

  @Test
  void labelsAreCopies() {
    ready().sent(new Action.PatchNodeLabels(FactFeed.key("a"), Map.of("x", "y"), 0));
    assertThat(feed.broken()).containsExactly(Rule.LABELS);
    assertThat(TaintRules.labels(Map.of("kubernetes.io/os", "linux")))
        .isEqualTo(Map.of("beta.kubernetes.io/os", "linux"));
  }

  /** It is slow to arrive; that it may be sent was judged then (simulated seed 54736). */
  @Test
  void whatAProcessSentBeforeItEndedIsNotJudgedAsThatOfAnUnknownOne() {
    var pod = tainted();
    feed.sent(FactFeed.deletion(pod)).node(feed.nodeOf("a", ConditionStatus.TRUE));
    feed.invariants.ended("p");
    feed.at(101).applied(FactFeed.deletion(pod));
    assertThat(feed.broken()).isEmpty();
    feed.invariants.applied("unknown", FactFeed.deletion(pod), feed.now());
    assertThat(feed.broken()).hasSize(1);
  }

  @Test
  void oddFactsAreNotAnError() {
    feed.sent(new ReadLease("nobody")).applied(new ReadLease("nobody"));
    feed.invariants.ended("nobody");
    feed.invariants.sent("nobody", new ReadLeases(), feed.now());
    feed.invariants.nodeGone("nobody", feed.now());
    feed.invariants.podGone(new PodKey("", "", ""), feed.now());
    feed.released("nobody").silent("nobody");
    assertThat(feed.broken()).contains(Rule.QUEUED_ONCE, Rule.SILENCE);
  }
}
