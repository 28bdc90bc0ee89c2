package io.nodelifecycle.runtime.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.MarkDisruptionTarget;
import io.nodelifecycle.core.Action.MarkNodeLost;
import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.UnknownCondition;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.LeaseGone;
import io.nodelifecycle.core.Observation.LeaseSeen;
import io.nodelifecycle.core.Observation.ListBegin;
import io.nodelifecycle.core.Observation.ListEnd;
import io.nodelifecycle.core.Observation.NodeGone;
import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.PodGone;
import io.nodelifecycle.core.Observation.PodSeen;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.ResourceVersion;
import io.nodelifecycle.core.model.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reality changes ends what is laid over it, and nothing else does. */
final class OverlayTest {
  private static final Instant WALL = Instant.parse("2041-07-07T07:00:00.5Z");
  private static final Instant STAMP = Instant.parse("2041-07-07T07:00:00Z");
  private static final Instant EARLIER = STAMP.minus(Duration.ofHours(1));
  private static final Taint NO_EXECUTE =
      Taint.unstamped("node.kubernetes.io/unreachable", Taint.NO_EXECUTE);
  private static final Taint OWN = new Taint("example.com/own", "v", Taint.NO_SCHEDULE, EARLIER);
  private static final PodKey POD = new PodKey("default", "p", "pod-uid");

  private final Overlay overlay = new Overlay();

  private static NodeCondition ready(ConditionStatus status, Instant heartbeat) {
    return new NodeCondition(NodeCondition.READY, status, heartbeat, EARLIER);
  }

  private static NodeSnapshot node(String version) {
    return node(version, List.of(OWN), List.of(ready(ConditionStatus.TRUE, EARLIER)));
  }

  private static NodeSnapshot node(
      String version, List<Taint> taints, List<NodeCondition> conditions) {
    return new NodeSnapshot(
        "n",
        "uid",
        version,
        EARLIER,
        Map.of("kubernetes.io/os", "linux"),
        taints,
        false,
        conditions);
  }

  private static PodSnapshot pod(String version) {
    return pod(version, ConditionStatus.TRUE, false, false);
  }

  private static PodSnapshot pod(
      String version, ConditionStatus ready, boolean isTerminating, boolean isNodeLost) {
    return new PodSnapshot(
        POD,
        version,
        "n",
        List.of(),
        ready,
        isTerminating,
        false,
        EARLIER,
        isNodeLost,
        false,
        Map.of());
  }

  private NodeSnapshot see(NodeSnapshot node) {
    return nodes(overlay.see(new NodeSeen(node, false, WALL), WALL)).getLast();
  }

  private PodSnapshot see(PodSnapshot pod) {
    return pods(overlay.see(new PodSeen(pod, false, WALL), WALL)).getLast();
  }

  private static List<NodeSnapshot> nodes(List<Observation> shown) {
    return shown.stream().map(NodeSeen.class::cast).map(NodeSeen::node).toList();
  }

  private static List<PodSnapshot> pods(List<Observation> shown) {
    return shown.stream().map(PodSeen.class::cast).map(PodSeen::pod).toList();
  }

  private Outcome.Succeeded write(Write write) {
    return (Outcome.Succeeded) overlay.write(write, WALL).outcome();
  }

  private NodeSnapshot node(Write write) {
    return Objects.requireNonNull(write(write).node());
  }

  private PodSnapshot pod(Write write) {
    return Objects.requireNonNull(write(write).pod());
  }

  private static PatchNodeStatus unknown(NodeSnapshot shown) {
    return new PatchNodeStatus(
        shown.key(),
        shown.resourceVersion(),
        List.of(
            new UnknownCondition(NodeCondition.READY, null),
            new UnknownCondition(NodeCondition.PID_PRESSURE, EARLIER)),
        0);
  }

  private static PatchNodeTaints taints(NodeSnapshot shown, List<Taint> wanted) {
    var added = wanted.stream().filter(taint -> !shown.taints().contains(taint)).toList();
    var removed = shown.taints().stream().filter(taint -> !wanted.contains(taint)).toList();
    return new PatchNodeTaints(shown.key(), shown.resourceVersion(), wanted, added, removed, 0);
  }

  private NodeSnapshot wouldBeUnknown() {
    return node(unknown(see(node("5"))));
  }

  @Test
  void conditionsAreShownAsTheApiServerWouldHaveStampedThem() {
    var shown = wouldBeUnknown();
    assertThat(shown.conditions())
        .containsExactly(
            new NodeCondition(NodeCondition.READY, ConditionStatus.UNKNOWN, EARLIER, STAMP),
            new NodeCondition(NodeCondition.PID_PRESSURE, ConditionStatus.UNKNOWN, EARLIER, STAMP));
    assertThat(shown.taints()).containsExactly(OWN);
    assertThat(overlay.changes()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "the same version again,                     5, TRUE,    0, 0, UNKNOWN, 2",
    "something else of the node changed,         6, TRUE,    0, 0, UNKNOWN, 2",
    "the kubelet posted,                         6, TRUE,    1, 0, TRUE,    1",
    "the kubelet posted that it is not ready,    6, FALSE,   1, 0, FALSE,   1",
    "a controller wrote the same,                6, UNKNOWN, 0, 1, UNKNOWN, 1",
    "someone wrote another transition,           6, TRUE,    0, 1, TRUE,    1",
  })
  void whatRealityChangesOfAConditionCounts(
      String what,
      String version,
      ConditionStatus status,
      int heartbeat,
      int transition,
      ConditionStatus shown,
      int changes) {
    wouldBeUnknown();
    var real =
        new NodeCondition(
            NodeCondition.READY,
            status,
            EARLIER.plusSeconds(heartbeat),
            EARLIER.plusSeconds(transition));
    assertThat(see(node(version, List.of(OWN), List.of(real))).ready()).as(what).isEqualTo(shown);
    assertThat(overlay.changes()).as(what).isEqualTo(changes);
  }

  @ParameterizedTest
  @CsvSource({"l1, UNKNOWN", "l2, TRUE"})
  void aLeaseThatChangesIsAKubeletThatWouldHavePosted(String lease, ConditionStatus shown) {
    overlay.see(new LeaseSeen("n", "l1"), WALL);
    var before = wouldBeUnknown();
    var seen = overlay.see(new LeaseSeen("n", lease), WALL);
    assertThat(seen.getFirst()).isEqualTo(new LeaseSeen("n", lease));
    var after = see(node("5"));
    assertThat(after.ready()).isEqualTo(shown);
    assertThat(seen).hasSize(shown == ConditionStatus.TRUE ? 2 : 1);
    if (shown == ConditionStatus.TRUE) {
      assertThat(nodes(seen.subList(1, 2))).containsExactly(after);
      assertThat(ResourceVersion.isOlder(before.resourceVersion(), after.resourceVersion()))
          .isTrue();
    }
  }

  @Test
  void aLeaseThatIsMadeAnewIsAHeartbeat() {
    overlay.see(new LeaseSeen("n", "l1"), WALL);
    wouldBeUnknown();
    overlay.see(new LeaseGone("n"), WALL);
    assertThat(overlay.see(new LeaseSeen("n", "l1"), WALL)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"uid, 5000000, Succeeded", "uid, 4000000, Conflict", "other, 5000000, Conflict"})
  void aWriteIsCheckedAsTheApiServerChecksIt(String uid, String version, String outcome) {
    see(node("5"));
    var patch =
        new PatchNodeStatus(
            new NodeKey("n", uid),
            version,
            List.of(new UnknownCondition(NodeCondition.READY, null)),
            0);
    var answer = overlay.write(patch, WALL);
    assertThat(answer.outcome().getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(answer.would().isPresent()).isEqualTo(outcome.equals("Succeeded"));
    assertThat(overlay.changes()).isEqualTo(outcome.equals("Succeeded") ? 1 : 0);
  }

  @Test
  void whatIsNotThereCannotBeWritten() {
    var node = node("5000000");
    assertThat(overlay.write(unknown(node), WALL).outcome()).isEqualTo(new Outcome.NotFound());
    var delete = new DeletePod(POD, "n", true, 0);
    assertThat(overlay.write(delete, WALL).outcome()).isEqualTo(new Outcome.NotFound());
  }

  @Test
  void eachWriteMakesANewerVersionAndEachRealOneANewerYet() {
    var versions = new ArrayList<String>();
    versions.add(see(node("9")).resourceVersion());
    var unknown = node(unknown(see(node("9"))));
    versions.add(unknown.resourceVersion());
    versions.add(node(taints(unknown, List.of(OWN, NO_EXECUTE))).resourceVersion());
    versions.add(see(node("10")).resourceVersion());
    for (var i = 1; i < versions.size(); i++) {
      assertThat(ResourceVersion.isOlder(versions.get(i - 1), versions.get(i)))
          .as(versions.toString())
          .isTrue();
    }
  }

  @Test
  void aLateObservationIsShownAsOlderThanWhatWasWritten() {
    see(node("9"));
    var shown = node(unknown(see(node("10"))));
    var late = see(node("9"));
    assertThat(ResourceVersion.isOlder(late.resourceVersion(), shown.resourceVersion())).isTrue();
    assertThat(see(node("10"))).isEqualTo(shown);
  }

  @Test
  void taintsAreLaidOverUntilTheyAreReal() {
    var shown = node(taints(see(node("5")), List.of(OWN, NO_EXECUTE)));
    var stamped = new Taint(NO_EXECUTE.key(), NO_EXECUTE.value(), NO_EXECUTE.effect(), STAMP);
    assertThat(shown.taints()).containsExactly(OWN, stamped);

    var agreed = new Taint(NO_EXECUTE.key(), "", Taint.NO_EXECUTE, STAMP.plusSeconds(7));
    var conditions = node("6").conditions();
    assertThat(see(node("6", List.of(OWN, agreed), conditions)).taints())
        .containsExactly(OWN, agreed);
    assertThat(overlay.changes()).isZero();
    assertThat(see(node("7", List.of(OWN), conditions)).taints())
        .as("really taken off by who set it")
        .containsExactly(OWN);
  }

  @Test
  void someoneElsesTaintComesAndGoesBesides() {
    write(taints(see(node("5", List.of(), List.of())), List.of(NO_EXECUTE)));
    assertThat(see(node("6", List.of(OWN), List.of())).taints()).hasSize(2).contains(OWN);
    assertThat(see(node("7", List.of(), List.of())).taints()).hasSize(1).doesNotContain(OWN);
  }

  @Test
  void aTaintThatWouldBeTakenOffStaysOffUntilItIsSetAnew() {
    var conditions = node("5").conditions();
    write(taints(see(node("5")), List.of()));
    assertThat(see(node("6")).taints()).isEmpty();
    assertThat(overlay.changes()).isEqualTo(1);
    var anew = new Taint(OWN.key(), OWN.value(), OWN.effect(), STAMP);
    assertThat(see(node("7", List.of(anew), conditions)).taints()).containsExactly(anew);
    assertThat(overlay.changes()).isZero();
  }

  @Test
  void aTaintThatIsOnlyLaidOverCanBeTakenOffAgain() {
    var tainted = node(taints(see(node("5")), List.of(OWN, NO_EXECUTE)));
    assertThat(node(taints(tainted, List.of(OWN))).taints()).containsExactly(OWN);
    assertThat(overlay.changes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"linux, linux, 0", "windows, windows, 0", ", linux, 1"})
  void labelsAreLaidOverUntilSomeoneSetsThem(String real, String shown, int changes) {
    see(node("5"));
    var labels = Map.of("beta.kubernetes.io/os", "linux");
    write(new PatchNodeLabels(new NodeKey("n", "uid"), labels, 0));
    var seen =
        new NodeSnapshot(
            "n",
            "uid",
            "6",
            EARLIER,
            real == null ? Map.of() : Map.of("beta.kubernetes.io/os", real),
            List.of(),
            false,
            List.of());
    assertThat(see(seen).labels()).containsEntry("beta.kubernetes.io/os", shown);
    assertThat(overlay.changes()).isEqualTo(changes);
  }

  @Test
  void aLiveReadShowsTheSameAndCountsAsSeen() {
    var tainted = node(taints(see(node("5")), List.of(OWN, NO_EXECUTE)));
    assertThat(overlay.read(node("5"))).isEqualTo(tainted);
    var newer = overlay.read(node("6", List.of(), List.of()));
    assertThat(newer.taints()).hasSize(1);
    assertThat(see(node("6", List.of(), List.of()))).isEqualTo(newer);
    var other = new NodeSnapshot("n", "other", "7", EARLIER, Map.of(), List.of(), false, List.of());
    assertThat(overlay.read(other).taints()).isEmpty();
    assertThat(overlay.read(other).uid()).isEqualTo("other");
  }

  // Pods.

  @ParameterizedTest
  @CsvSource({
    "something else changed,    TRUE,  false, false, FALSE, true,  true",
    "someone made it not ready, FALSE, false, false, FALSE, true,  true",
    "someone deleted it,        TRUE,  true,  false, FALSE, true,  true",
    "someone wrote NodeLost,    TRUE,  false, true,  FALSE, true,  true",
  })
  void podsAreShownAsTheyWouldBe(
      String what,
      ConditionStatus ready,
      boolean isTerminating,
      boolean isNodeLost,
      ConditionStatus shownReady,
      boolean shownTerminating,
      boolean shownNodeLost) {
    var version = see(pod("5")).resourceVersion();
    version = pod(new MarkPodNotReady(POD, version, 0)).resourceVersion();
    version = pod(new MarkNodeLost(POD, version, "n", 0)).resourceVersion();
    version = pod(new MarkDisruptionTarget(POD, version, "n", 0)).resourceVersion();
    assertThat(version).isEqualTo("5000003");
    write(new DeletePod(POD, "n", true, 0));
    assertThat(see(pod("6", ready, isTerminating, isNodeLost)))
        .as(what)
        .extracting(PodSnapshot::ready, PodSnapshot::isTerminating, PodSnapshot::isNodeLost)
        .containsExactly(shownReady, shownTerminating, shownNodeLost);
  }

  @Test
  void marksOfAnOlderVersionLoseTheRace() {
    see(pod("5"));
    for (var mark :
        List.<Write>of(
            new MarkPodNotReady(POD, "4000000", 0),
            new MarkNodeLost(POD, "4000000", "n", 0),
            new MarkDisruptionTarget(POD, "4000000", "n", 0))) {
      assertThat(overlay.write(mark, WALL)).isEqualTo(Overlay.Answer.of(new Outcome.Conflict()));
    }
  }

  @Test
  void aDeletionIsToldOnce() {
    see(pod("5"));
    assertThat(overlay.write(new DeletePod(POD, "n", true, 0), WALL).would()).isPresent();
    assertThat(overlay.write(new DeletePod(POD, "n", true, 0), WALL).would()).isEmpty();
    see(pod("6", ConditionStatus.TRUE, true, false));
    assertThat(overlay.write(new DeletePod(POD, "n", true, 0), WALL).would())
        .as("someone has really deleted it")
        .isEmpty();
  }

  /** Node TRUE without NoExecute taints: well; heard is every state but UNKNOWN. */
  @ParameterizedTest
  @CsvSource({
    "UNKNOWN, true,  false, false",
    "UNKNOWN, false, false, false",
    "FALSE,   true,  true,  false",
    "FALSE,   false, true,  false",
    "TRUE,    true,  true,  false",
    "TRUE,    false, true,  true",
  })
  void podsAreLetGoOfWhenTheirNodeIsBack(
      ConditionStatus ready, boolean isTainted, boolean isReadyAgain, boolean isRevived) {
    var version = see(pod("5")).resourceVersion();
    write(new MarkPodNotReady(POD, version, 0));
    write(new DeletePod(POD, "n", true, 0));
    see(node("6", isTainted ? List.of(NO_EXECUTE) : List.of(OWN), List.of(ready(ready, EARLIER))));
    var shown = overlay.release("n", WALL);
    if (isRevived) {
      assertThat(shown.getFirst()).isEqualTo(new PodGone(POD));
    }
    assertThat(shown).hasSize(isRevived ? 2 : isReadyAgain ? 1 : 0);
    assertThat(see(pod("5")))
        .extracting(PodSnapshot::ready, PodSnapshot::isTerminating)
        .containsExactly(isReadyAgain ? ConditionStatus.TRUE : ConditionStatus.FALSE, !isRevived);
    assertThat(overlay.hasOverlaidPods("n")).isEqualTo(!isRevived);
    assertThat(overlay.release("n", WALL)).as("nothing is let go of twice").isEmpty();
  }

  @Test
  void nothingIsRememberedOfWhatIsGone() {
    overlay.see(new ListBegin(Resource.NODES), WALL);
    overlay.see(new ListBegin(Resource.PODS), WALL);
    overlay.see(new ListBegin(Resource.LEASES), WALL);
    overlay.see(new LeaseSeen("n", "l1"), WALL);
    wouldBeUnknown();
    see(pod("5"));
    write(new DeletePod(POD, "n", true, 0));
    assertThat(overlay.remembered()).isEqualTo(3);
    var uid = new NodeGone("n", "another");
    overlay.see(uid, WALL);
    assertThat(overlay.remembered()).as("another node of that name is gone").isEqualTo(3);
    for (var resource : List.of(Resource.NODES, Resource.PODS, Resource.LEASES)) {
      overlay.see(new ListBegin(resource), WALL);
      overlay.see(new ListEnd(resource), WALL);
    }
    assertThat(overlay.remembered()).isZero();
    assertThat(overlay.changes()).isZero();

    wouldBeUnknown();
    see(pod("5"));
    write(new DeletePod(POD, "n", true, 0));
    overlay.see(new NodeGone("n", "uid"), WALL);
    overlay.see(new PodGone(POD), WALL);
    assertThat(overlay.remembered()).isZero();
    assertThat(overlay.changes()).isZero();
    assertThat(overlay.hasOverlaidPods("n")).isFalse();
  }

  @Test
  void anotherNodeOfTheSameNameBeginsAnew() {
    wouldBeUnknown();
    UnaryOperator<NodeSnapshot> other =
        node ->
            new NodeSnapshot(
                node.name(),
                "other",
                node.resourceVersion(),
                node.creationTimestamp(),
                node.labels(),
                node.taints(),
                false,
                node.conditions());
    assertThat(see(other.apply(node("7"))).ready()).isEqualTo(ConditionStatus.TRUE);
    assertThat(overlay.changes()).isZero();
  }

  @Test
  void itSaysWhatAWouldBeDeletionRestsOn() {
    write(taints(see(node("5")), List.of(OWN, NO_EXECUTE)));
    see(pod("5"));
    var why = overlay.write(new DeletePod(POD, "n", true, 0), WALL).would().orElseThrow().why();
    assertThat(why).isEqualTo("taints of its node n: node.kubernetes.io/unreachable:NoExecute");
  }
}
