package io.nodelifecycle.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeHealthTest {
  private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");

  /** The wall clock at T0: another time line. */
  private static final Instant WALL = Instant.parse("2041-07-07T07:00:00Z");

  private static final HealthPolicy POLICY =
      new HealthPolicy(Duration.ofSeconds(5), Duration.ofSeconds(40), Duration.ofSeconds(60));

  private static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  private static NodeSnapshot node(@Nullable NodeCondition ready, Instant created) {
    return new NodeSnapshot(
        "a",
        "uid-a",
        "1",
        created,
        Map.of(),
        List.of(),
        false,
        ready == null ? List.of() : List.of(ready));
  }

  private static NodeSnapshot absent() {
    return node(null, WALL.minusSeconds(7));
  }

  /** Posted and changed at these seconds of the kubelet's clock, which is a year off. */
  private static NodeSnapshot posted(ConditionStatus status, long heartbeat, long transition) {
    var clock = WALL.minus(Duration.ofDays(365));
    return node(
        new NodeCondition(
            NodeCondition.READY,
            status,
            clock.plusSeconds(heartbeat),
            clock.plusSeconds(transition)),
        WALL.minusSeconds(7));
  }

  private static NodeSnapshot ready(long heartbeat) {
    return posted(ConditionStatus.TRUE, heartbeat, 0);
  }

  private static NodeHealth first(NodeSnapshot node) {
    return NodeHealth.firstSeen(node, WALL, T0);
  }

  private static void assertTimes(NodeHealth health, long probe, long transition) {
    assertThat(health.probe()).as("probe").isEqualTo(at(probe));
    assertThat(health.transition()).as("transition").isEqualTo(at(transition));
  }

  @Test
  void aNewNodeWithoutStatusHasTheStartupGraceFromItsCreation() {
    var health = first(absent());
    assertTimes(health, -7, -7);
    assertThat(health.grace(POLICY)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aNewNodeWithStatusIsTakenToHavePostedItNow() {
    var health = first(ready(-1000));
    assertTimes(health, 0, 0);
    assertThat(health.grace(POLICY)).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void theFirstStatusIsAHeartbeatAndAChange() {
    var health = first(absent());
    health.statusSeen(ready(3), at(20));
    assertTimes(health, 20, 20);
    assertThat(health.grace(POLICY)).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void aStatusThatSomeoneRemovedGivesTheStartupGraceFromNow() {
    var health = first(ready(3));
    health.statusSeen(absent(), at(20));
    assertTimes(health, 20, 20);
    assertThat(health.grace(POLICY)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aHeartbeatWithoutATransitionMovesOnlyTheProbe() {
    var health = first(posted(ConditionStatus.TRUE, 1, 0));
    health.statusSeen(posted(ConditionStatus.TRUE, 2, 0), at(20));
    assertTimes(health, 20, 0);
  }

  @Test
  void aHeartbeatWithATransitionMovesBoth() {
    var health = first(posted(ConditionStatus.TRUE, 1, 0));
    health.statusSeen(posted(ConditionStatus.FALSE, 2, 2), at(20));
    assertTimes(health, 20, 20);
  }

  @Test
  void aHeartbeatWhoseTimeWentBackIsOneAllTheSame() {
    var health = first(posted(ConditionStatus.TRUE, 100, 0));
    health.statusSeen(posted(ConditionStatus.TRUE, 50, 0), at(20));
    assertTimes(health, 20, 0);
  }

  @Test
  void theSameHeartbeatIsNothingWhateverElseChanged() {
    var health = first(posted(ConditionStatus.TRUE, 1, 0));
    health.statusSeen(posted(ConditionStatus.TRUE, 1, 0), at(20));
    assertTimes(health, 0, 0);
    health.statusSeen(posted(ConditionStatus.FALSE, 1, 9), at(30));
    assertTimes(health, 0, 0);
  }

  @Test
  void ourOwnUnknownIsATransitionAndNoHeartbeat() {
    var health = first(posted(ConditionStatus.TRUE, 1, 0));
    health.statusSeen(posted(ConditionStatus.UNKNOWN, 1, 41), at(41));
    assertTimes(health, 0, 41);
  }

  @Test
  void ourOwnUnknownOnANodeWithoutStatusIsATransitionAndNoHeartbeat() {
    var created = WALL.minusSeconds(7);
    var health = first(absent());
    var unknown = new NodeCondition(NodeCondition.READY, ConditionStatus.UNKNOWN, created, WALL);
    health.statusSeen(node(unknown, created), at(54));
    assertTimes(health, -7, 54);
    assertThat(health.isSilent(POLICY, at(54))).isTrue();
  }

  @Test
  void aConditionWithoutTimesIsNoHeartbeatUntilItHasOne() {
    var untimed =
        node(new NodeCondition(NodeCondition.READY, ConditionStatus.TRUE, null, null), WALL);
    var health = first(untimed);
    health.statusSeen(untimed, at(20));
    assertTimes(health, 0, 0);
    health.statusSeen(ready(1), at(30));
    assertTimes(health, 30, 30);
  }

  @ParameterizedTest(name = "created {0}: probe is {1} s after it was seen")
  @CsvSource({
    "2041-07-07T06:59:59Z, -1",
    "2041-07-07T07:00:00Z, 0",
    "2041-07-07T07:00:01Z, 0",
    "9999-12-31T23:59:59Z, 0",
    "1970-01-01T00:00:00Z, -2256793200",
  })
  void aCreationInTheFutureCountsAsNow(String created, long probe) {
    var health = first(node(null, Instant.parse(created)));
    assertTimes(health, probe, probe);
  }

  @Test
  void aCreationBeforeHistoryIsSilentAtOnce() {
    var health = first(node(null, Instant.parse("0001-01-01T00:00:00Z")));
    assertThat(health.isSilent(POLICY, T0)).isTrue();
  }

  @ParameterizedTest(name = "a {0} lease {1}: heartbeat {2}")
  @CsvSource({
    "first,   5,  true",
    "second,  5,  false",
    "second,  6,  true",
    "second,  4,  true",
    "second,  '', true",
  })
  void everyChangeOfALeaseIsAHeartbeat(String which, String version, boolean isHeartbeat) {
    var health = first(ready(1));
    if (which.equals("second")) {
      assertThat(health.leaseSeen("5", at(10))).isTrue();
    }
    var before = health.probe();
    assertThat(health.leaseSeen(version, at(20))).isEqualTo(isHeartbeat);
    assertThat(health.probe()).isEqualTo(isHeartbeat ? at(20) : before);
    assertThat(health.transition()).isEqualTo(T0);
  }

  @Test
  void aLeaseAloneKeepsANodeWithoutStatusAlive() {
    var health = first(absent());
    for (var second = 0; second <= 600; second += 10) {
      health.leaseSeen("v" + second, at(second));
      assertThat(health.isSilent(POLICY, at(second + 10))).isFalse();
    }
    assertThat(health.isSilent(POLICY, at(660).plusNanos(1))).isTrue();
  }

  @Test
  void aLeaseThatWasDeletedIsAHeartbeatWhenItComesBack() {
    var health = first(ready(1));
    health.leaseSeen("5", at(10));
    health.leaseGone();
    assertThat(health.probe()).isEqualTo(at(10));
    assertThat(health.leaseSeen("5", at(20))).isTrue();
  }

  @Test
  void silentIsWhoWasNotHeardForLongerThanTheGrace() {
    var health = first(ready(1));
    assertThat(health.graceEnd(POLICY)).isEqualTo(at(40));
    assertThat(health.isSilent(POLICY, at(40).minusNanos(1))).isFalse();
    assertThat(health.isSilent(POLICY, at(40))).isFalse();
    assertThat(health.isSilent(POLICY, at(40).plusNanos(1))).isTrue();
  }

  @Test
  void suspectIsWhoWasNotHeardForLongerThanHalfTheGrace() {
    var health = first(ready(1));
    assertThat(health.isSuspect(POLICY, at(20))).isFalse();
    assertThat(health.isSuspect(POLICY, at(20).plusNanos(1))).isTrue();
    var starting = first(node(null, WALL));
    assertThat(starting.isSuspect(POLICY, at(30))).isFalse();
    assertThat(starting.isSuspect(POLICY, at(30).plusNanos(1))).isTrue();
  }

  @Test
  void aRestartCountsAsHeardAndChanged() {
    var health = first(ready(1));
    health.restart(at(99));
    assertTimes(health, 99, 99);
  }
}
