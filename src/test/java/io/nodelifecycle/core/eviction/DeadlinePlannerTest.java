package io.nodelifecycle.core.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deadlines over the history of a node's taints; times are seconds after the beginning. */
final class DeadlinePlannerTest {
  private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");

  /** The wall clock at T0: another time line. */
  private static final Instant WALL = Instant.parse("2041-07-07T07:00:00Z");

  private static final String NOT_READY = "node.kubernetes.io/not-ready";
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable";

  private final DeadlinePlanner planner = new DeadlinePlanner(EvictionPolicy.defaults());
  private final DeadlinePlanner unanchored =
      new DeadlinePlanner(new EvictionPolicy(false, false, true));

  private static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  private static List<Taint> taints(String... keys) {
    return Stream.of(keys).map(key -> new Taint(key, "", Taint.NO_EXECUTE, null)).toList();
  }

  /** The history of a node that got these taints in the beginning. */
  private static TaintHistory since0(String... keys) {
    return TaintHistory.NONE.after(taints(keys), null, T0);
  }

  private static TaintHistory then(TaintHistory history, long seconds, String... keys) {
    return history.after(taints(keys), null, at(seconds));
  }

  /** Tolerations in words: {@code a=30} for so many seconds, {@code a} for ever. */
  private static List<Toleration> tolerations(String text) {
    return Stream.of(text.split(" "))
        .filter(word -> !word.isEmpty())
        .map(word -> toleration(word.split("=")))
        .toList();
  }

  private static Toleration toleration(String[] parts) {
    var key = parts[0].equals("*") ? "" : parts[0];
    return new Toleration(key, "Exists", "", "", parts.length > 1 ? Long.valueOf(parts[1]) : null);
  }

  private EvictionDeadline plan(String tolerations, TaintHistory history, long boundAt) {
    return planner.plan(tolerations(tolerations), history, at(boundAt), null, at(1000));
  }

  private EvictionDeadline keep(String tolerations, TaintHistory history, @Nullable Long timer) {
    return unanchored.plan(
        tolerations(tolerations), history, T0, timer == null ? null : at(timer), at(1000));
  }

  private static EvictionDeadline deadline(String text) {
    return switch (text) {
      case "never" -> new EvictionDeadline.Never();
      case "now" -> new EvictionDeadline.Immediately();
      default -> new EvictionDeadline.At(at(Long.parseLong(text)));
    };
  }

  @ParameterizedTest(name = "taints a and b, tolerations [{0}]: {1}")
  @CsvSource({
    "'', now",
    "a, now",
    "b=30, now",
    "a=10 b=30, 10",
    "b=10 a=30, 10",
    "a b=30, 30",
    "a b, never",
    "*, never",
    "*=40, 40",
    "a=10 a=5 b, 10",
    "a a=5 b, never",
    "*=40 a=5 b=6, 40",
    "a=5 *=40, 5",
    "a=1 b, 1",
    "a=0 b, now",
    "a=-1 b, now",
    "a=-9223372036854775808 b=9223372036854775807, now",
    "a=9223372036854775807 b, never",
    "a=31557600000 b, never",
    "a=31557599999 b, 31557599999",
    "other b=3, now",
  })
  void theFirstMatchingTolerationOfEachTaintCountsAndTheSmallestDecides(
      String tolerations, String expected) {
    assertThat(plan(tolerations, since0("a", "b"), 0)).isEqualTo(deadline(expected));
  }

  @Test
  void withoutTaintsAPodStays() {
    assertThat(plan("", TaintHistory.NONE, 0)).isEqualTo(deadline("never"));
    assertThat(keep("", TaintHistory.NONE, 5L)).isEqualTo(deadline("never"));
  }

  @ParameterizedTest(name = "taint since 0 s, pod bound at {0} s: deadline {1} s")
  @CsvSource({"-50, 30", "0, 30", "1, 31", "100, 130"})
  void itCountsFromTheLaterOfTaintAndBinding(long boundAt, String expected) {
    assertThat(plan("a=30", since0("a"), boundAt)).isEqualTo(deadline(expected));
  }

  @Test
  void eachTaintHasItsOwnStart() {
    var history = then(since0("a"), 100, "a", "b");
    assertThat(plan("a=150 b=30", history, 0)).isEqualTo(deadline("130"));
    assertThat(plan("a=150 b=70", history, 0)).isEqualTo(deadline("150"));
    assertThat(plan("a=150", history, 0)).isEqualTo(deadline("now"));
  }

  @Test
  void aTaintThatWentAndCameBackCountsAnew() {
    var history = then(then(since0("a"), 10), 20, "a");
    assertThat(plan("a=30", history, 0)).isEqualTo(deadline("50"));
  }

  @Test
  void aTaintWithAnotherValueIsAnotherTaint() {
    var first = List.of(new Taint("a", "1", Taint.NO_EXECUTE, null));
    var second = List.of(new Taint("a", "2", Taint.NO_EXECUTE, null));
    var history = TaintHistory.NONE.after(first, null, T0).after(second, null, at(20));
    assertThat(plan("a=30", history, 0)).isEqualTo(deadline("50"));
  }

  @Test
  void anotherTimeAddedOrOtherEffectsChangeNothing() {
    var history = since0("a");
    var same =
        List.of(
            new Taint("a", "", Taint.NO_EXECUTE, WALL),
            new Taint("b", "", Taint.NO_SCHEDULE, null),
            new Taint("a", "", Taint.NO_SCHEDULE, null));
    assertThat(history.after(same, null, at(20))).isSameAs(history);
    assertThat(TaintHistory.NONE.after(same.subList(1, 3), null, at(20)))
        .isSameAs(TaintHistory.NONE);
  }

  @ParameterizedTest(name = "timeAdded {0} s after the list came: it counts from {1} ms")
  @CsvSource({
    "-100, -99000",
    "-2,    -1000",
    "-1,        0",
    "0,         0",
    "5,         0",
    "250000000000, 0",
  })
  void inTheFirstListATaintCountsFromOneSecondAfterTimeAddedButNotFromTheFuture(
      long timeAdded, long startMillis) {
    var taint = new Taint("a", "", Taint.NO_EXECUTE, WALL.plusSeconds(timeAdded));
    var history = TaintHistory.NONE.after(List.of(taint), WALL, T0);
    assertThat(plan("a=30", history, -5000))
        .isEqualTo(new EvictionDeadline.At(at(30).plusMillis(startMillis)));
  }

  @Test
  void inTheFirstListATaintWithoutTimeAddedCountsFromNow() {
    var history = TaintHistory.NONE.after(taints("a"), WALL, T0);
    assertThat(plan("a=30", history, -5000)).isEqualTo(deadline("30"));
  }

  @Test
  void afterTheFirstListTimeAddedIsNotRead() {
    var taint = new Taint("a", "", Taint.NO_EXECUTE, WALL.minus(Duration.ofDays(1)));
    var history = TaintHistory.NONE.after(List.of(taint), null, T0);
    assertThat(plan("a=30", history, -5000)).isEqualTo(deadline("30"));
  }

  @ParameterizedTest(name = "swapped at 100 s, tolerations {0} {1}: {2}")
  @CsvSource({
    "not-ready=300, unreachable=300, 300",
    "not-ready=300, unreachable=200, 300",
    "not-ready=300, unreachable=199, 299",
    "not-ready=300, unreachable=10, 110",
    "not-ready=300, unreachable, never",
    "not-ready=300, '', now",
    "not-ready, unreachable=300, 400",
    "'', unreachable=300, 400",
  })
  void aSwapOfHealthTaintsKeepsTheEarlierDeadline(String first, String second, String expected) {
    var history = then(since0(NOT_READY), 100, UNREACHABLE);
    var tolerations =
        (first + " " + second)
            .replace("not-ready", NOT_READY)
            .replace("unreachable", UNREACHABLE)
            .trim();
    assertThat(plan(tolerations, history, 0)).isEqualTo(deadline(expected));
  }

  @ParameterizedTest(name = "bound at {0} s, swapped at 100 s: {1} s")
  @CsvSource({"99, 399", "100, 400", "101, 401", "150, 450"})
  void aPodBoundAfterTheSwapHasNoOldDeadline(long boundAt, String expected) {
    var history = then(since0(NOT_READY), 100, UNREACHABLE);
    var tolerations = NOT_READY + "=300 " + UNREACHABLE + "=300";
    assertThat(plan(tolerations, history, boundAt)).isEqualTo(deadline(expected));
  }

  @Test
  void aSwapThereAndBackKeepsTheFirstDeadline() {
    var history = then(then(since0(NOT_READY), 100, UNREACHABLE), 200, NOT_READY);
    var tolerations = NOT_READY + "=300 " + UNREACHABLE + "=300";
    assertThat(plan(tolerations, history, 0)).isEqualTo(deadline("300"));
  }

  @Test
  void aCountdownThatASwapCancelledDoesNotComeBackWithTheNextSwap() {
    var history = then(then(since0(NOT_READY), 100, UNREACHABLE), 900, NOT_READY);
    var tolerations = NOT_READY + "=300 " + UNREACHABLE;
    assertThat(plan(tolerations, history, 0)).isEqualTo(deadline("1200"));
  }

  @Test
  void aGapBetweenHealthTaintsEndsTheCountdown() {
    var history = then(then(since0(NOT_READY), 100), 101, UNREACHABLE);
    assertThat(plan("*=300", history, 0)).isEqualTo(deadline("401"));
  }

  @Test
  void aHandSetTaintInheritsNothing() {
    var history = then(since0(NOT_READY), 100, "a");
    assertThat(plan("*=300", history, 0)).isEqualTo(deadline("400"));
  }

  @Test
  void endlessSwapsRememberABoundedNumberOfCountdowns() {
    var history = since0(NOT_READY);
    for (var swap = 1; swap <= 1000; swap++) {
      history = then(history, swap, swap % 2 == 0 ? NOT_READY : UNREACHABLE);
    }
    assertThat(history.sightings()).hasSize(1);
    assertThat(history.sightings().getFirst().predecessors()).hasSize(8);
  }

  @Test
  void handSetTaintsCanBeLookedAtAlone() {
    var history = since0(NOT_READY, "a");
    var both = tolerations("a=50 " + NOT_READY + "=20");
    assertThat(planner.planByHand(both, history, T0, at(1000))).isEqualTo(deadline("50"));
    assertThat(planner.planByHand(tolerations("a"), history, T0, at(1000)))
        .isEqualTo(deadline("never"));
    assertThat(planner.planByHand(tolerations("b"), history, T0, at(1000)))
        .isEqualTo(deadline("now"));
  }

  @ParameterizedTest(name = "gate off, tolerations [{0}], timer {1}: {2}")
  @CsvSource({
    "a=30 b=40, , 1030",
    "a=30 b=40, 777, 777",
    "a=1 b=1, 5000, 5000",
    "a b=40, 777, 777",
    "a b, 777, never",
    "a=30, 777, now",
    "a=0 b, 777, now",
  })
  void withTheGateOffATimerCountsFromWhenItWasSetAndIsKept(
      String tolerations, @Nullable Long timer, String expected) {
    assertThat(keep(tolerations, since0("a", "b"), timer)).isEqualTo(deadline(expected));
  }
}
