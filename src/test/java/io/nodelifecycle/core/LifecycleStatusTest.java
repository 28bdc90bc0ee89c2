package io.nodelifecycle.core;

import static io.nodelifecycle.core.VirtualCluster.taint;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.Announcement;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.Zone;
import io.nodelifecycle.core.zone.ZoneState;
import io.nodelifecycle.core.zone.ZoneStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people are told about the state of things: numbers, and the announcements they count. */
final class LifecycleStatusTest {
  private static final Zone EAST = new Zone("eu", "east");

  private final VirtualCluster cluster = new VirtualCluster();

  private LifecycleStatus status() {
    return cluster.controller().status(cluster.now());
  }

  private ZoneStatus zone(String name) {
    return status().zones().stream()
        .filter(each -> each.zone().zone().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private <A extends Announcement> List<A> announced(Class<A> kind) {
    return cluster.diary.happenings().stream()
        .map(Diary.Happening::action)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private void taintByHand(String node) {
    cluster.changeNode(node, Nodes.tainted(taint("example.com/x", "NoExecute")));
    cluster.step();
  }

  @Test
  void beforeTheFirstListsNothingIsKnownAndNothingConcluded() {
    assertThat(status())
        .isEqualTo(
            new LifecycleStatus(0, 0, List.of(), false, true, 0, Instant.MAX, Optional.empty()));
  }

  @Test
  void patienceLastsOneGracePeriodAndIsSeen() {
    cluster.ready("a").sync().runUntil(49);
    assertThat(status().isPatient()).isTrue();
    cluster.runUntil(50);
    assertThat(status().isPatient()).isFalse();
    cluster.observe(new Observation.WatchBroken(Resource.LEASES));
    assertThat(status().isPatient()).isTrue();
  }

  @Test
  void countsNodesPodsAndTheNodesOfEachZone() {
    cluster.readyIn("east", "a", "b", "c").readyIn("west", "d").pod("p", "b").pod("q", "d").sync();
    cluster.runUntil(100).die("a");
    cluster.runSeconds(70);
    assertThat(status().nodes()).isEqualTo(4);
    assertThat(status().pods()).isEqualTo(2);
    assertThat(zone("east"))
        .isEqualTo(new ZoneStatus(EAST, ZoneState.NORMAL, 3, 1, 0.1, 0, Instant.MAX));
    assertThat(zone("west").notReady()).isZero();
    assertThat(status().isStopped()).isFalse();
  }

  @Test
  void queueLengthAndOldestEntryAreThoseOfTheZone() {
    cluster.readyIn("east", "a", "b", "c", "d", "e").readyIn("west", "w").sync();
    cluster.runUntil(100).die("a", "b", "c");
    cluster.runUntil(151);
    // Three of five are not ready: partial disruption of a small zone lets nothing out.
    assertThat(zone("east").queued()).isEqualTo(3);
    assertThat(Duration.between(zone("east").oldestQueuedAt(), cluster.now()))
        .isBetween(Duration.ZERO, Duration.ofSeconds(2));
    var since = zone("east").oldestQueuedAt();
    cluster.runSeconds(30);
    assertThat(zone("east").oldestQueuedAt()).isEqualTo(since);
    assertThat(zone("west").queued()).isZero();
    assertThat(zone("west").oldestQueuedAt()).isEqualTo(Instant.MAX);
  }

  @Test
  void theStopOfTheClusterIsSeen() {
    cluster.ready("a", "b").sync().runUntil(100).die("a", "b");
    cluster.runSeconds(70);
    assertThat(status().isStopped()).isTrue();
  }

  @Test
  void pendingEvictionsAreCountedUntilThePodIsGoneAndTheNextDeadlineIsTheEarliest() {
    cluster.ready("a", "b").pod("late", "a", "example.com/x=90").sync().runUntil(100);
    cluster.pod("soon", "a", "example.com/x=30").pod("stays", "a", "example.com/x");
    assertThat(status().pendingEvictions()).isZero();
    taintByHand("a");
    var tainted = cluster.now();
    assertThat(status().pendingEvictions()).isEqualTo(2);
    assertThat(status().nextDeadline()).isEqualTo(tainted.plusSeconds(30));
    cluster.runSeconds(31);
    assertThat(status().pendingEvictions()).isEqualTo(1);
    assertThat(status().nextDeadline()).isEqualTo(tainted.plusSeconds(90));
    cluster.changeNode("a", Nodes.tainted());
    cluster.step();
    assertThat(status().pendingEvictions()).isZero();
    assertThat(status().nextDeadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void aPodThatIsDueButCannotBeDeletedIsPendingAndHasNoDeadline() {
    cluster.ready("a", "b").pod("p", "a").sync().runUntil(100);
    cluster.fail(Action.DeletePod.class);
    taintByHand("a");
    cluster.runSeconds(20);
    assertThat(status().pendingEvictions()).isEqualTo(1);
    assertThat(status().nextDeadline()).isEqualTo(Instant.MAX);
    cluster.deletePod("p");
    assertThat(status().pendingEvictions()).isZero();
  }

  @Test
  void aDeletionSaysForHowLongThePodWasDue() {
    cluster.ready("a", "b").pod("p", "a", "example.com/x=30").pod("q", "a").sync().runUntil(100);
    cluster.fail(Action.DeletePod.class);
    taintByHand("a");
    cluster.runSeconds(30);
    cluster.answerNormally();
    cluster.runSeconds(60);
    // q was due at once and tried after 1, 2, 4, 8, 16 s; p was due after 30 s and refused once.
    assertThat(announced(Action.PodDeleted.class))
        .extracting(deleted -> deleted.pod().name() + " " + deleted.sinceDue().toMillis())
        .containsExactlyInAnyOrder("q 31000", "p 1000");
  }

  @Test
  void theWriteOfASilentNodesStatusSaysHowLongAfterTheEndOfItsGrace() {
    cluster.ready("a", "b").sync().runUntil(100).die("a");
    cluster.fail(Action.PatchNodeStatus.class);
    cluster.runUntil(150);
    cluster.runSeconds(2);
    assertThat(announced(Action.NodeStatusWritten.class)).isEmpty();
    cluster.answerNormally();
    cluster.runSeconds(30);
    assertThat(announced(Action.NodeStatusWritten.class))
        .singleElement()
        .satisfies(written -> {
          assertThat(written.node().name()).isEqualTo("a");
          // Tried at once, after one second, and after two more.
          assertThat(written.sinceGraceEnd()).isEqualTo(Duration.ofSeconds(3).plusNanos(1));
        });
  }

  @Test
  void everyNodeThatLeavesItsQueueIsAnnouncedOnce() {
    cluster.readyIn("east", "a", "b", "c").sync().runUntil(100).die("a");
    cluster.runSeconds(120);
    assertThat(announced(Action.NodeReleased.class))
        .extracting(released -> released.node().name() + " " + released.zone().label())
        .containsExactly("a eu::east");
  }

  @Test
  void aZoneIsForgottenWithItsLastNode() {
    cluster.readyIn("east", "a", "b").readyIn("west", "c").sync().runUntil(100);
    cluster.deleteNode("a");
    cluster.runSeconds(10);
    assertThat(announced(Action.ZoneForgotten.class)).isEmpty();
    cluster.deleteNode("b");
    cluster.runSeconds(10);
    assertThat(announced(Action.ZoneForgotten.class))
        .containsExactly(new Action.ZoneForgotten(EAST));
    assertThat(status().zones()).extracting(each -> each.zone().zone()).containsExactly("west");
  }

  @Test
  void aWriteThatFailsForAMinuteIsSaidOnce() {
    cluster.ready("a", "b").pod("p", "a").sync().runUntil(100);
    cluster.fail(Action.DeletePod.class);
    taintByHand("a");
    cluster.runSeconds(59);
    assertThat(announced(Action.WriteKeepsFailing.class)).isEmpty();
    cluster.runSeconds(200);
    assertThat(announced(Action.WriteKeepsFailing.class))
        .singleElement()
        .satisfies(failing -> assertThat(failing.write()).isInstanceOf(Action.DeletePod.class));
  }

  @Test
  void onlyNodesThatAreLookedAtAreJudged() {
    cluster.ready("a", "b", "c").sync();
    var before = cluster.controller().judgedNodes();
    cluster.changeNode("a", Nodes.labelled("x", "y"));
    cluster.step();
    assertThat(cluster.controller().judgedNodes()).isEqualTo(before + 1);
  }
}
