package io.nodelifecycle.core.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.foreign.ForeignWrite.Kind;
import io.nodelifecycle.core.foreign.ForeignWrites.End;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another controller wrote is noticed; what this one, a kubelet or a person did, is not. */
final class ForeignWritesTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant BORN = START.minus(Duration.ofDays(1));
  private static final Instant SETTLED =
      START.plus(ForeignWrites.SETTLING).plus(Duration.ofNanos(1));

  private final ForeignWrites writes = leading();
  private int version = 100;

  private static ForeignWrites leading() {
    var leading = new ForeignWrites(true);
    leading.leads(true, START);
    return leading;
  }

  private static Taint taint(String text) {
    var parts = text.split(":");
    var key = parts[0].contains("/") ? parts[0] : "node.kubernetes.io/" + parts[0];
    return Taint.unstamped(key, parts[1]);
  }

  private static List<Taint> taints(@Nullable String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(" ")).map(ForeignWritesTest::taint).toList();
  }

  /** A node in these words: its Ready status, how often it has posted, its taints. */
  private NodeSnapshot node(ConditionStatus ready, int posts, @Nullable String taints) {
    return new NodeSnapshot(
        "n",
        "uid",
        Integer.toString(version++),
        BORN,
        Map.of(),
        taints(taints),
        false,
        ready == ConditionStatus.ABSENT
            ? List.of()
            : List.of(
                new NodeCondition(NodeCondition.READY, ready, BORN.plusSeconds(posts), BORN),
                new NodeCondition(
                    NodeCondition.MEMORY_PRESSURE, ConditionStatus.FALSE, BORN, BORN)));
  }

  private Optional<Kind> kind(Instant now) {
    return writes.look(now).map(ForeignWrite::kind);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          a kubelet posts,                    TRUE,    1, -, TRUE,    2, -, -
          a kubelet posts that it is not ready, TRUE,  1, -, FALSE,   2, -, -
          a kubelet posts Unknown itself,     TRUE,    1, -, UNKNOWN, 2, -, -
          its conditions become Unknown,      TRUE,    1, -, UNKNOWN, 1, -, CONDITIONS
          also after not ready,               FALSE,   1, -, UNKNOWN, 1, -, CONDITIONS
          they are Unknown already,           UNKNOWN, 1, -, UNKNOWN, 1, -, -
          a node that never posted,           ABSENT,  0, -, UNKNOWN, 0, -, CONDITIONS
          its first post,                     ABSENT,  0, -, UNKNOWN, 9, -, -
          its first post that it is ready,    ABSENT,  0, -, TRUE,    1, -, -
          unreachable and Unknown, UNKNOWN, 1, -, UNKNOWN, 1, unreachable:NoSchedule, TAINT_ADDED
          the NoExecute one, UNKNOWN, 1, -, UNKNOWN, 1, unreachable:NoExecute, TAINT_ADDED
          not-ready and not ready, FALSE, 1, -, FALSE, 1, not-ready:NoExecute, TAINT_ADDED
          by hand on a healthy node,          TRUE,    1, -, TRUE,    1, unreachable:NoExecute, -
          by hand on a node not ready,        FALSE,   1, -, FALSE,   1, unreachable:NoExecute, -
          another effect, UNKNOWN, 1, -, UNKNOWN, 1, unreachable:PreferNoSchedule, -
          someone's own key,                  UNKNOWN, 1, -, UNKNOWN, 1, example.com/x:NoExecute, -
          cordoned,                           TRUE,    1, -, TRUE,    1, unschedulable:NoSchedule, -
          uncordoned,                         TRUE,    1, unschedulable:NoSchedule, TRUE, 1, -, -
          pressure that is not there, TRUE, 1, -, TRUE, 1, memory-pressure:NoSchedule, -
          pressure that is over, TRUE, 1, memory-pressure:NoSchedule, TRUE, 1, -, TAINT_REMOVED
          a cloud's, TRUE, 1, node.cloudprovider.kubernetes.io/shutdown:NoSchedule, TRUE, 1, -, -
          taken off a node that is ready, TRUE, 1, unreachable:NoExecute, TRUE, 1, -, TAINT_REMOVED
          what admission put on a new node, TRUE, 1, not-ready:NoSchedule, TRUE, 1, -, TAINT_REMOVED
          the same before it is ready, ABSENT, 0, not-ready:NoSchedule, ABSENT, 0, -, TAINT_REMOVED
          taken off by hand in an outage,     UNKNOWN, 1, unreachable:NoExecute, UNKNOWN, 1, -, -
          swapped, UNKNOWN, 1, not-ready:NoExecute, UNKNOWN, 1, unreachable:NoExecute, TAINT_REMOVED
          nothing changed, UNKNOWN, 1, unreachable:NoExecute, UNKNOWN, 1, unreachable:NoExecute, -
          """)
  void onlyWhatANodeLifecycleControllerDoesIsSuspicious(
      String what,
      ConditionStatus before,
      int postsBefore,
      @Nullable String taintsBefore,
      ConditionStatus after,
      int postsAfter,
      @Nullable String taintsAfter,
      @Nullable Kind expected) {
    writes.seen(
        node(before, postsBefore, taintsBefore), node(after, postsAfter, taintsAfter), SETTLED);
    assertThat(kind(SETTLED)).as(what).isEqualTo(Optional.ofNullable(expected));
  }

  private NodeSnapshot becomesUnknown(ForeignWrites of, Instant now) {
    var after = node(ConditionStatus.UNKNOWN, 1, null);
    of.seen(node(ConditionStatus.TRUE, 1, null), after, now);
    return after;
  }

  /** Until a request of the leader before cannot arrive any more. */
  @ParameterizedTest
  @CsvSource({"-1, false", "0, false", "1, true"})
  void whoHasJustTakenOverSuspectsNobody(long nanos, boolean isSuspected) {
    var now = START.plus(ForeignWrites.SETTLING).plusNanos(nanos);
    becomesUnknown(writes, now);
    assertThat(writes.look(now).isPresent()).isEqualTo(isSuspected);
  }

  @Test
  void aStandbySuspectsNobodyAndStartsOverWhenItLeadsAgain() {
    writes.leads(false, SETTLED);
    becomesUnknown(writes, SETTLED);
    writes.leads(true, SETTLED);
    becomesUnknown(writes, SETTLED.plus(ForeignWrites.SETTLING));
    assertThat(kind(SETTLED.plus(ForeignWrites.SETTLING))).isEmpty();
    becomesUnknown(writes, SETTLED.plus(ForeignWrites.SETTLING).plusNanos(1));
    assertThat(kind(SETTLED.plus(ForeignWrites.SETTLING).plusNanos(1))).isPresent();
  }

  @Test
  void whatIsSwitchedOffSuspectsNobodyAndRemembersNothing() {
    var off = new ForeignWrites(false);
    off.leads(true, START);
    becomesUnknown(off, SETTLED);
    off.sendsStatus(node(ConditionStatus.TRUE, 1, null).key());
    assertThat(off.look(SETTLED)).isEmpty();
    assertThat(off.remembered()).isZero();
  }

  /** The watch shows a write of our own before its answer comes. */
  @ParameterizedTest
  @CsvSource({
    "it was ours,                    DONE,    same,  false",
    "ours made another version,      DONE,    other, true",
    "ours was refused,               REFUSED, '',    true",
    "nobody knows,                   UNKNOWN, '',    false",
    "the answer could not be read,   DONE,    '',    false",
  })
  void aChangeLikeOursWaitsForTheAnswer(String what, End end, String answer, boolean isSuspected) {
    var key = node(ConditionStatus.TRUE, 1, null).key();
    writes.sendsStatus(key);
    var seen = becomesUnknown(writes, SETTLED);
    assertThat(kind(SETTLED)).as("undecided").isEmpty();
    var version = answer.equals("same") ? seen.resourceVersion() : answer;
    writes.ended(key, true, end, version, SETTLED);
    assertThat(kind(SETTLED).isPresent()).as(what).isEqualTo(isSuspected);
  }

  @Test
  void anAnswerThatComesFirstLeavesNothingToSuspect() {
    var before = node(ConditionStatus.TRUE, 1, null);
    writes.sendsStatus(before.key());
    writes.ended(before.key(), true, End.DONE, "101", SETTLED);
    assertThat(writes.remembered()).isZero();
    // What the answer said is known by now: the watch shows the same version again.
    var after = node(ConditionStatus.UNKNOWN, 1, null);
    writes.seen(after, after, SETTLED);
    assertThat(kind(SETTLED)).isEmpty();
  }

  /** A write whose answer was lost may be carried out later. */
  @ParameterizedTest
  @CsvSource({"-1, false", "0, false", "1, true"})
  void aWriteWithoutAnAnswerExcusesAChangeForAWhile(long nanos, boolean isSuspected) {
    var key = node(ConditionStatus.TRUE, 1, null).key();
    writes.sendsStatus(key);
    writes.ended(key, true, End.UNKNOWN, "", SETTLED);
    var now = SETTLED.plus(ForeignWrites.LOST).plusNanos(nanos);
    becomesUnknown(writes, now);
    assertThat(kind(now).isPresent()).isEqualTo(isSuspected);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "the same,              unreachable:NoSchedule, unreachable:NoSchedule, -",
        "another taint,         unreachable:NoSchedule, unreachable:NoExecute, TAINT_ADDED",
        "more than was sent,    unreachable:NoSchedule,"
            + " unreachable:NoSchedule unreachable:NoExecute, TAINT_ADDED",
      })
  void ownTaintsExplainThoseTaintsOnly(String what, String sent, String seen, @Nullable Kind kind) {
    var before = node(ConditionStatus.UNKNOWN, 1, null);
    writes.sendsTaints(before.key(), taints(sent), List.of());
    writes.seen(before, node(ConditionStatus.UNKNOWN, 1, seen), SETTLED);
    assertThat(kind(SETTLED)).as(what).isEqualTo(Optional.ofNullable(kind));
  }

  @Test
  void ownTaintsExplainNoConditionsAndTheOtherWayRound() {
    var before = node(ConditionStatus.TRUE, 1, null);
    writes.sendsTaints(before.key(), taints("unreachable:NoSchedule"), List.of());
    becomesUnknown(writes, SETTLED);
    assertThat(kind(SETTLED)).contains(Kind.CONDITIONS);
  }

  @Test
  void ownRemovalsAreExplained() {
    var before = node(ConditionStatus.TRUE, 1, "not-ready:NoSchedule");
    writes.sendsTaints(before.key(), List.of(), before.taints());
    var after = node(ConditionStatus.TRUE, 1, null);
    writes.seen(before, after, SETTLED);
    writes.ended(before.key(), false, End.DONE, after.resourceVersion(), SETTLED);
    assertThat(kind(SETTLED)).isEmpty();
    assertThat(writes.remembered()).isZero();
  }

  @Test
  void itIsLookedIntoOnceAMinuteAndAllIsCounted() {
    becomesUnknown(writes, SETTLED);
    assertThat(writes.nextWake()).isBeforeOrEqualTo(SETTLED);
    assertThat(writes.look(SETTLED)).isPresent();
    assertThat(writes.look(SETTLED)).as("it is being looked into").isEmpty();
    assertThat(writes.nextWake()).isEqualTo(Instant.MAX);
    var first = writes.looked("kube-controller-manager").orElseThrow();
    assertThat(first.counts()).containsExactly(Map.entry(Kind.CONDITIONS, 1));
    assertThat(first.text())
        .isEqualTo("kube-controller-manager set the conditions to Unknown of node n");

    var next = SETTLED.plus(ForeignWrites.INTERVAL);
    becomesUnknown(writes, SETTLED.plusSeconds(1));
    becomesUnknown(writes, SETTLED.plusSeconds(2));
    writes.seen(
        node(ConditionStatus.UNKNOWN, 1, null),
        node(ConditionStatus.UNKNOWN, 1, "unreachable:NoExecute"),
        SETTLED.plusSeconds(3));
    assertThat(writes.nextWake()).isEqualTo(next);
    assertThat(writes.look(next.minusNanos(1))).isEmpty();
    assertThat(writes.look(next)).isPresent();
    var second = writes.looked("").orElseThrow();
    assertThat(second.counts())
        .containsExactlyInAnyOrderEntriesOf(Map.of(Kind.CONDITIONS, 2, Kind.TAINT_ADDED, 1));
    assertThat(second.at()).isEqualTo(SETTLED.plusSeconds(3));
    assertThat(second.text())
        .isEqualTo(
            "another controller added the taint node.kubernetes.io/unreachable:NoExecute"
                + " of node n");
    assertThat(writes.last()).contains(second);
    assertThat(writes.nextWake()).isEqualTo(Instant.MAX);
  }

  /** Who wrote conditions need not be who wrote taints. */
  @Test
  void whatIsSeenMeanwhileIsCountedAndAnotherQuestion() {
    becomesUnknown(writes, SETTLED);
    writes.look(SETTLED);
    writes.seen(
        node(ConditionStatus.UNKNOWN, 1, null),
        node(ConditionStatus.UNKNOWN, 1, "unreachable:NoExecute"),
        SETTLED.plusSeconds(1));
    var finding = writes.looked("a").orElseThrow();
    assertThat(finding.write().kind()).isEqualTo(Kind.CONDITIONS);
    assertThat(finding.counts()).isEqualTo(Map.of(Kind.CONDITIONS, 1, Kind.TAINT_ADDED, 1));
    assertThat(finding.at()).isEqualTo(SETTLED.plusSeconds(1));
    assertThat(writes.nextWake()).isEqualTo(Instant.MAX);
  }

  @ParameterizedTest
  @CsvSource({
    "kubectl,                   false, ''",
    "kubectl-taint,             false, ''",
    "kube-controller-manager,   true,  kube-controller-manager",
    "'',                        true,  ''",
    "node-lifecycle-controller, true,  ''",
  })
  void peopleMayWriteAndWhoWroteLastNeedNotBeWhoWroteBefore(
      String manager, boolean isTold, String by) {
    becomesUnknown(writes, SETTLED);
    writes.look(SETTLED);
    var finding = writes.looked(manager);
    assertThat(finding.isPresent()).isEqualTo(isTold);
    finding.ifPresent(each -> assertThat(each.by()).isEqualTo(by));
    assertThat(writes.last()).isEqualTo(finding);
  }

  @Test
  void nothingIsRememberedOfANodeThatIsGone() {
    var key = node(ConditionStatus.TRUE, 1, null).key();
    writes.sendsStatus(key);
    assertThat(writes.remembered()).isEqualTo(1);
    writes.forget(key);
    assertThat(writes.remembered()).isZero();
    writes.ended(key, true, End.REFUSED, "", SETTLED);
    assertThat(kind(SETTLED)).isEmpty();
  }
}
