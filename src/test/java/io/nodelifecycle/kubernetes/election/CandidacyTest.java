package io.nodelifecycle.kubernetes.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.kubernetes.election.Candidacy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A lease of 15 s, renewed every 2 s and for 10 s at most. */
final class CandidacyTest {
  private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");
  private static final String WALL = "2041-07-07T07:00:00.000000Z";
  private static final ElectionPolicy POLICY =
      new ElectionPolicy(
          "kube-system",
          "nlc",
          "me",
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2));

  private final Candidacy candidacy = new Candidacy(POLICY);

  private static Instant at(long millis) {
    return T0.plusMillis(millis);
  }

  private static ElectionLease lease(String holder, long seconds, int version) {
    return new ElectionLease(
        holder, Duration.ofSeconds(seconds), "acquired", "renewed " + version, 7, "" + version);
  }

  private Step at(int millis) {
    return candidacy.step(at((long) millis));
  }

  private void leadSince(long millis) {
    candidacy.saw(ElectionLease.ABSENT, at(millis));
    candidacy.held(lease("me", 15, 1), at(millis));
  }

  @Test
  void firstItLooks() {
    assertThat(at(0)).isEqualTo(Step.LOOK);
    assertThat(candidacy.isCertain(T0)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"'', 15", "'', 0"})
  void whatNobodyHoldsIsTakenAtOnce(String holder, long seconds) {
    candidacy.saw(lease(holder, seconds, 1), T0);
    assertThat(at(0)).isEqualTo(Step.HOLD);
    assertThat(candidacy.isLeading()).as("only the answer makes it a leader").isFalse();
  }

  @Test
  void aLeaseThatDoesNotExistIsMade() {
    candidacy.saw(ElectionLease.ABSENT, T0);
    assertThat(at(0)).isEqualTo(Step.HOLD);
    assertThat(candidacy.wanted(WALL))
        .isEqualTo(new ElectionLease("me", Duration.ofSeconds(15), WALL, WALL, 0, ""));
  }

  /** From when it was first seen like that, on one's own clock. */
  @ParameterizedTest
  @CsvSource({
    "15, 14999, WAIT",
    "15, 15000, HOLD",
    "15, 15001, HOLD",
    "1, 14999, WAIT",
    "1, 15000, HOLD",
    "0, 14999, WAIT",
    "0, 15000, HOLD",
    "60, 59999, WAIT",
    "60, 60000, HOLD",
    "3600, 3599999, WAIT",
    "3600, 3600000, HOLD",
    "3601, 14999, WAIT",
    "3601, 15000, HOLD",
    "1099511627776, 15000, HOLD"
  })
  void aLeaseThatDoesNotChangeRunsOut(long seconds, int millis, Step step) {
    candidacy.saw(lease("other", seconds, 1), T0);
    candidacy.saw(lease("other", seconds, 1), at((long) millis));
    assertThat(at(millis)).isEqualTo(step);
  }

  @Test
  void anyChangeOfTheLeaseIsALife() {
    candidacy.saw(lease("other", 15, 1), at(0L));
    candidacy.saw(lease("other", 15, 2), at(14_999L));
    assertThat(at(15_000)).isEqualTo(Step.WAIT);
    candidacy.saw(lease("other", 15, 2), at(29_998L));
    assertThat(at(29_998)).isEqualTo(Step.WAIT);
    assertThat(candidacy.nextStep()).as("not a moment later").isEqualTo(at(29_999L));
    assertThat(at(29_999)).isEqualTo(Step.HOLD);
  }

  /**
   * Somebody deleted it, or took its holder's name out of it: the holder may have renewed right
   * before, and is certain of that.
   */
  @ParameterizedTest
  @CsvSource({"15, 15000", "1, 15000", "0, 15000", "60, 60000"})
  void theHolderOfALeaseThatIsGoneIsLeftAlone(long seconds, long leftAlone) {
    for (var gone : List.of(ElectionLease.ABSENT, lease("", 15, 2), lease("", 0, 2))) {
      var standby = new Candidacy(POLICY);
      standby.saw(lease("other", seconds, 1), at(0L));
      standby.saw(gone, at(400L));
      assertThat(standby.step(at(400L))).isEqualTo(Step.WAIT);
      assertThat(standby.step(at(900L))).as("whether it is back").isEqualTo(Step.LOOK);
      standby.saw(gone, at(400 + leftAlone - 1));
      assertThat(standby.step(at(400 + leftAlone - 1))).isEqualTo(Step.WAIT);
      assertThat(standby.nextStep()).as("not a moment later").isEqualTo(at(400 + leftAlone));
      assertThat(standby.step(at(400 + leftAlone))).isEqualTo(Step.HOLD);
    }
  }

  /** First deleted, then made again by hand, for nobody. */
  @Test
  void whatBecomesOfALeaseThatIsGoneIsOfNoHolder() {
    candidacy.saw(lease("other", 15, 1), at(0L));
    candidacy.saw(ElectionLease.ABSENT, at(400L));
    candidacy.saw(lease("", 15, 2), at(800L));
    assertThat(at(15_799)).isEqualTo(Step.LOOK);
    assertThat(at(15_800)).isEqualTo(Step.HOLD);
    assertThat(candidacy.wanted(WALL).holder()).isEqualTo("me");
  }

  @Test
  void aLeaseThatIsBackIsThatOfItsHolder() {
    candidacy.saw(lease("other", 15, 1), at(0L));
    candidacy.saw(ElectionLease.ABSENT, at(400L));
    candidacy.saw(lease("other", 15, 2), at(900L));
    candidacy.saw(lease("other", 15, 2), at(15_899L));
    assertThat(at(15_899)).isEqualTo(Step.WAIT);
    assertThat(at(15_900)).isEqualTo(Step.HOLD);
  }

  /** As client-go gives it back, too. */
  @ParameterizedTest
  @CsvSource({"1, HOLD", "2, WAIT", "0, WAIT", "15, WAIT"})
  void onlyALeaseThatWasGivenBackIsTakenAtOnce(long seconds, Step step) {
    candidacy.saw(lease("other", 15, 1), at(0L));
    candidacy.saw(lease("", seconds, 2), at(400L));
    assertThat(at(400)).isEqualTo(step);
    candidacy.saw(ElectionLease.ABSENT, at(800L));
    assertThat(at(800)).as("nor does it matter any more").isEqualTo(step);
  }

  @Test
  void aStandbyLooksTwiceASecond() {
    candidacy.saw(lease("other", 15, 1), T0);
    assertThat(at(499)).isEqualTo(Step.WAIT);
    assertThat(at(500)).isEqualTo(Step.LOOK);
  }

  @Test
  void whoTakesItFromAnotherCountsThat() {
    candidacy.saw(lease("other", 15, 3), T0);
    assertThat(candidacy.wanted(WALL))
        .isEqualTo(new ElectionLease("me", Duration.ofSeconds(15), WALL, WALL, 8, "3"));
  }

  @Test
  void whoRenewsLeavesTheRestAsItIs() {
    candidacy.held(lease("me", 15, 3), T0);
    assertThat(candidacy.wanted(WALL))
        .isEqualTo(new ElectionLease("me", Duration.ofSeconds(15), "acquired", WALL, 7, "3"));
  }

  /** Somebody emptied it; the API server refuses an empty time. */
  @Test
  void aTimeThatIsMissingIsWrittenAnew() {
    candidacy.held(lease("me", 15, 3), T0);
    candidacy.saw(new ElectionLease("me", Duration.ofSeconds(15), "", "", 7, "4"), T0);
    assertThat(candidacy.wanted(WALL))
        .isEqualTo(new ElectionLease("me", Duration.ofSeconds(15), WALL, WALL, 7, "4"));
  }

  /** Counted from before the renewal was sent. */
  @ParameterizedTest
  @CsvSource({"9999, true", "10000, false", "10001, false"})
  void aLeaderIsCertainForTheRenewDeadline(int millis, boolean isCertain) {
    leadSince(0);
    assertThat(candidacy.isCertain(at((long) millis))).isEqualTo(isCertain);
    assertThat(candidacy.step(at((long) millis)) == Step.LOST).isEqualTo(!isCertain);
  }

  @Test
  void aLeaderRenewsEveryRetryPeriod() {
    leadSince(0);
    assertThat(at(1_999)).isEqualTo(Step.WAIT);
    assertThat(at(2_000)).isEqualTo(Step.HOLD);
    candidacy.held(lease("me", 15, 2), at(2_000L));
    assertThat(candidacy.isCertain(at(11_999L))).isTrue();
    assertThat(candidacy.isCertain(at(12_000L))).isFalse();
  }

  @Test
  void aLeaderThatCannotRenewTriesUntilItsTimeIsOver() {
    leadSince(0);
    candidacy.failed(at(2_100L));
    assertThat(at(2_599)).isEqualTo(Step.WAIT);
    assertThat(at(2_600)).as("what became of it").isEqualTo(Step.LOOK);
    candidacy.failed(at(9_900L));
    assertThat(at(9_999)).isEqualTo(Step.WAIT);
    assertThat(candidacy.nextStep()).as("not a moment later").isEqualTo(at(10_000L));
    assertThat(at(10_000)).isEqualTo(Step.LOST);
  }

  @Test
  void aLeaderThatSeesAnotherHasLost() {
    leadSince(0);
    candidacy.conflicted(at(2_000L));
    assertThat(at(2_050)).isEqualTo(Step.LOOK);
    candidacy.saw(lease("other", 15, 9), at(2_060L));
    assertThat(candidacy.isCertain(at(2_060L))).isFalse();
    assertThat(at(2_060)).isEqualTo(Step.LOST);
  }

  /** Somebody wrote a label, or took the lease away. */
  @Test
  void aLeaderThatSeesNobodyElseGoesOn() {
    leadSince(0);
    candidacy.conflicted(at(2_000L));
    candidacy.saw(lease("me", 15, 9), at(2_060L));
    assertThat(at(2_060)).isEqualTo(Step.HOLD);
    candidacy.saw(ElectionLease.ABSENT, at(2_070L));
    assertThat(at(2_070)).isEqualTo(Step.HOLD);
    assertThat(candidacy.wanted(WALL).exists()).isFalse();
  }

  /** The answer to the first write was lost: only one that is answered counts. */
  @Test
  void whatWasTakenUnheardIsTakenAgain() {
    candidacy.saw(lease("", 1, 1), T0);
    candidacy.failed(at(100L));
    assertThat(at(600)).isEqualTo(Step.LOOK);
    candidacy.saw(lease("me", 15, 2), at(700L));
    assertThat(candidacy.isCertain(at(700L))).isFalse();
    assertThat(at(700)).isEqualTo(Step.HOLD);
  }

  @ParameterizedTest
  @CsvSource({"0, 5000", "6000, 4000", "9999, 1"})
  void noRequestOfALeaderTakesLongerThanItsTime(int millis, long patience) {
    assertThat(candidacy.patience(T0)).as("of a standby").isEqualTo(Duration.ofSeconds(5));
    leadSince(0);
    assertThat(candidacy.patience(at((long) millis))).isEqualTo(Duration.ofMillis(patience));
  }

  @Test
  void whatWasSentAndNotHeardOfMayHoldTheLease() {
    assertThat(candidacy.mayHold()).isFalse();
    candidacy.saw(lease("", 1, 1), T0);
    assertThat(candidacy.mayHold()).isFalse();
    candidacy.sending();
    assertThat(candidacy.mayHold()).as("under way").isTrue();
    candidacy.failed(at(100L));
    assertThat(candidacy.mayHold()).as("unanswered").isTrue();
    candidacy.saw(lease("other", 15, 2), at(600L));
    assertThat(candidacy.mayHold()).as("by now it is seen").isFalse();
    candidacy.sending();
    candidacy.conflicted(at(700L));
    assertThat(candidacy.mayHold()).as("refused").isFalse();
    candidacy.saw(lease("me", 15, 3), at(800L));
    assertThat(candidacy.mayHold()).as("unheard, then seen").isTrue();
    assertThat(candidacy.hasToLook()).isFalse();
  }

  @Test
  void whoGivesUpLeavesTheLeaseFree() {
    candidacy.held(lease("me", 15, 3), T0);
    var released = candidacy.released(WALL);
    assertThat(released)
        .isEqualTo(new ElectionLease("", Duration.ofSeconds(1), WALL, WALL, 7, "3"));
    var other = new Candidacy(POLICY);
    other.saw(lease("me", 15, 3), T0);
    other.saw(released, T0);
    assertThat(other.step(T0)).isEqualTo(Step.HOLD);
  }
}
