package io.nodelifecycle.core.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.model.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ZonesTest {
  private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");
  private static final Zone EAST = new Zone("eu", "east");
  private static final Zone WEST = new Zone("eu", "west");

  private final Zones<String> zones = new Zones<>(new DisruptionPolicy(0.1, 0.02, 4, 0.55));

  private static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  private void ready(Zone zone, String... names) {
    for (var name : names) {
      zones.place(name, new Placement(zone, true, true), T0);
    }
  }

  private void notReady(Zone zone, String... names) {
    for (var name : names) {
      zones.place(name, new Placement(zone, true, false), T0);
    }
  }

  private void queued(String... names) {
    for (var name : names) {
      zones.enqueue(name, T0);
    }
  }

  private List<String> released(Instant now) {
    var released = new ArrayList<String>();
    for (var next = zones.release(now); next.isPresent(); next = zones.release(now)) {
      released.add(next.get());
    }
    return released;
  }

  private ZoneChange change(Zone zone, Instant now) {
    return zones.evaluate(now).stream()
        .filter(change -> change.zone().equals(zone))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aZoneIsJudgedFromInitialAndSaysSoOnce() {
    ready(EAST, "a", "b");
    assertThat(change(EAST, T0))
        .isEqualTo(new ZoneChange(EAST, ZoneState.INITIAL, ZoneState.NORMAL, 0, 2, 0.1));
    assertThat(zones.evaluate(at(1))).isEmpty();
  }

  @Test
  void aPartlyDisruptedSmallZoneStopsAndALargeOneSlowsDown() {
    ready(EAST, "a");
    notReady(EAST, "b", "c", "d");
    ready(WEST, "e");
    notReady(WEST, "f", "g", "h", "i");
    var changes = zones.evaluate(T0);
    assertThat(changes)
        .containsExactly(
            new ZoneChange(EAST, ZoneState.INITIAL, ZoneState.PARTIAL_DISRUPTION, 3, 4, 0),
            new ZoneChange(WEST, ZoneState.INITIAL, ZoneState.PARTIAL_DISRUPTION, 4, 5, 0.02));
  }

  @Test
  void theRateFollowsTheSizeWhileTheStateStays() {
    ready(EAST, "a");
    notReady(EAST, "b", "c", "d");
    zones.evaluate(T0);
    notReady(EAST, "e");
    assertThat(change(EAST, at(1)))
        .isEqualTo(
            new ZoneChange(
                EAST, ZoneState.PARTIAL_DISRUPTION, ZoneState.PARTIAL_DISRUPTION, 4, 5, 0.02));
  }

  @Test
  void theOldestIsLetOutFirstAtTheRateOfItsZone() {
    ready(EAST, "a");
    notReady(EAST, "b", "c");
    zones.evaluate(T0);
    queued("c", "b");
    assertThat(zones.nextRelease(T0)).isEqualTo(T0);
    assertThat(released(T0)).containsExactly("c");
    assertThat(zones.nextRelease(T0)).isEqualTo(at(10));
    assertThat(released(at(10).minusMillis(1))).isEmpty();
    assertThat(released(at(10))).containsExactly("b");
    assertThat(zones.hasQueued()).isFalse();
    assertThat(zones.nextRelease(at(10))).isEqualTo(Instant.MAX);
  }

  @Test
  void noZoneWaitsForAnother() {
    ready(EAST, "a");
    ready(WEST, "b");
    notReady(EAST, "c", "d");
    notReady(WEST, "e", "f");
    zones.evaluate(T0);
    queued("c", "d", "e", "f");
    assertThat(released(T0)).containsExactly("c", "e");
  }

  @Test
  void aNodeIsInTheQueueOnce() {
    ready(EAST, "a");
    notReady(EAST, "b");
    zones.evaluate(T0);
    queued("b", "b", "b");
    assertThat(released(T0)).containsExactly("b");
    assertThat(released(at(1000))).isEmpty();
  }

  @Test
  void aNodeThatLeavesTheQueueLosesItsPlace() {
    ready(EAST, "a");
    notReady(EAST, "b", "c");
    zones.evaluate(T0);
    queued("b", "c");
    zones.dequeue("b");
    queued("b");
    assertThat(released(T0)).containsExactly("c");
  }

  @Test
  void aNodeThatIsNotPlacedCannotBeQueued() {
    queued("nobody");
    zones.dequeue("nobody");
    zones.remove("nobody", T0);
    assertThat(zones.hasQueued()).isFalse();
  }

  @Test
  void allZonesFullyDisruptedIsTheStopThatEmptiesTheQueues() {
    ready(EAST, "a");
    ready(WEST, "b");
    notReady(EAST, "c");
    zones.evaluate(T0);
    queued("c");
    notReady(EAST, "a");
    zones.evaluate(at(1));
    assertThat(zones.isStopped()).isFalse();
    assertThat(zones.hasQueued()).isTrue();
    notReady(WEST, "b");
    assertThat(zones.evaluate(at(2))).extracting(ZoneChange::rate).containsExactly(0.0, 0.0);
    assertThat(zones.isStopped()).isTrue();
    assertThat(zones.hasQueued()).isFalse();
    queued("c");
    assertThat(zones.hasQueued()).isFalse();
  }

  @Test
  void afterAStopTheLimiterStartsEmpty() {
    notReady(EAST, "a", "b");
    zones.evaluate(T0);
    assertThat(zones.isStopped()).isTrue();
    ready(EAST, "a");
    assertThat(change(EAST, at(100)).rate()).isEqualTo(0.1);
    queued("b");
    assertThat(zones.nextRelease(at(100))).isEqualTo(at(110));
    assertThat(released(at(110))).containsExactly("b");
  }

  @Test
  void aRateOfExactlyOneResumesAfterAStopLikeAnyOther() {
    var fast = new Zones<String>(new DisruptionPolicy(1, 1, 4, 0.55));
    fast.place("a", new Placement(EAST, true, false), T0);
    fast.evaluate(T0);
    assertThat(fast.isStopped()).isTrue();
    fast.place("b", new Placement(EAST, true, true), T0);
    fast.evaluate(at(100));
    fast.enqueue("a", T0);
    assertThat(fast.release(at(101).minusNanos(2000))).isEmpty();
    assertThat(fast.release(at(101))).contains("a");
  }

  @Test
  void aLimiterWithATokenIsFollowedByOneWithAToken() {
    ready(EAST, "a");
    notReady(EAST, "b", "c", "d", "e");
    zones.evaluate(T0);
    queued("b");
    assertThat(released(T0)).containsExactly("b");
  }

  @Test
  void aLimiterWithoutATokenIsFollowedByOneWithout() {
    ready(EAST, "a", "z");
    notReady(EAST, "b", "c");
    zones.evaluate(T0);
    queued("b", "c");
    assertThat(released(T0)).containsExactly("b");
    notReady(EAST, "d", "e");
    assertThat(change(EAST, at(9)).rate()).isEqualTo(0.02);
    assertThat(zones.nextRelease(at(9))).isEqualTo(at(59));
  }

  @Test
  void excludedNodesAreQueuedButNotCounted() {
    ready(EAST, "a");
    for (var name : List.of("x", "y", "z")) {
      zones.place(name, new Placement(EAST, false, false), T0);
    }
    assertThat(change(EAST, T0))
        .isEqualTo(new ZoneChange(EAST, ZoneState.INITIAL, ZoneState.NORMAL, 0, 1, 0.1));
    queued("x");
    assertThat(released(T0)).containsExactly("x");
  }

  @Test
  void aZoneWhoseNodesAreAllExcludedNeitherStopsNorPreventsTheStop() {
    zones.place("x", new Placement(EAST, false, false), T0);
    assertThat(zones.evaluate(T0)).isEmpty();
    assertThat(zones.isStopped()).isFalse();
    assertThat(zones.hasNoCounted()).isTrue();
    zones.place("y", new Placement(EAST, false, true), T0);
    notReady(WEST, "a");
    zones.evaluate(T0);
    assertThat(zones.isStopped()).isTrue();
    assertThat(zones.hasNoCounted()).isFalse();
  }

  @Test
  void withoutAnyNodeNothingIsStopped() {
    assertThat(zones.evaluate(T0)).isEmpty();
    assertThat(zones.isStopped()).isFalse();
  }

  @Test
  void aNodeThatMovesTakesItsPlaceInTheQueueAlong() {
    ready(EAST, "a");
    ready(WEST, "b");
    notReady(EAST, "old", "young");
    notReady(WEST, "middle");
    zones.evaluate(T0);
    queued("old", "middle", "young");
    zones.place("old", new Placement(WEST, true, false), T0);
    assertThat(zones.evaluate(T0)).isEmpty();
    assertThat(released(T0)).containsExactly("young", "old");
    assertThat(released(at(10))).containsExactly("middle");
  }

  @Test
  void aZoneWithoutNodesIsForgotten() {
    ready(EAST, "a");
    notReady(WEST, "b");
    zones.evaluate(T0);
    assertThat(zones.isStopped()).isFalse();
    zones.remove("a", at(1));
    zones.evaluate(at(1));
    assertThat(zones.isStopped()).as("only WEST is left").isTrue();
    zones.place("a", new Placement(EAST, true, true), at(2));
    assertThat(change(EAST, at(2)).from()).isEqualTo(ZoneState.INITIAL);
  }

  @Test
  void whatTheLastJudgementForgotIsNamedOnce() {
    ready(EAST, "a");
    ready(WEST, "b");
    zones.evaluate(T0);
    assertThat(zones.forgotten()).isEmpty();
    zones.remove("a", at(1));
    assertThat(zones.forgotten()).as("not judged yet").isEmpty();
    zones.evaluate(at(1));
    assertThat(zones.forgotten()).containsExactly(EAST);
    zones.evaluate(at(2));
    assertThat(zones.forgotten()).isEmpty();
  }

  @Test
  void theStatusNamesTheOldestInTheQueueAlsoAfterItMoved() {
    ready(EAST, "a");
    ready(WEST, "b");
    notReady(EAST, "c", "d");
    zones.evaluate(T0);
    zones.enqueue("c", at(5));
    zones.enqueue("d", at(9));
    zones.place("c", new Placement(WEST, true, false), at(10));
    zones.enqueue("c", at(11));
    zones.evaluate(at(12));
    assertThat(zones.status())
        .containsExactly(
            new ZoneStatus(EAST, ZoneState.NORMAL, 2, 1, 0.1, 1, at(9)),
            new ZoneStatus(WEST, ZoneState.NORMAL, 2, 1, 0.1, 1, at(5)));
    zones.dequeue("c");
    assertThat(zones.status().getLast().oldestQueuedAt()).isEqualTo(Instant.MAX);
  }

  @Test
  void aNodeThatIsRemovedLeavesItsQueue() {
    ready(EAST, "a");
    notReady(EAST, "b");
    zones.evaluate(T0);
    queued("b");
    zones.remove("b", T0);
    assertThat(zones.hasQueued()).isFalse();
    assertThat(released(T0)).isEmpty();
  }
}
