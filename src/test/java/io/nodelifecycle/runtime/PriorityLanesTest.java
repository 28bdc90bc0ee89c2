package io.nodelifecycle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PriorityLanesTest {
  private final FixedTime time = new FixedTime();
  private final RecordingObserver observer = new RecordingObserver();
  private final Set<Priority> closed = EnumSet.noneOf(Priority.class);
  private final PriorityLanes<String> lanes =
      new PriorityLanes<>(priority -> !closed.contains(priority), time, observer);

  private void add(Priority priority, int count) {
    for (var i = 0; i < count; i++) {
      lanes.add(priority.name(), priority, false);
    }
  }

  /** Takes the next request as if it went out. */
  private String grant() {
    var priority = lanes.next().orElseThrow();
    var request = lanes.poll().orElseThrow();
    lanes.granted(priority);
    return request;
  }

  private List<String> grant(int count) {
    var granted = new ArrayList<String>();
    for (var i = 0; i < count; i++) {
      granted.add(grant());
    }
    return granted;
  }

  @Test
  void theMostUrgentGoesFirstAndWithinAPriorityTheFirst() {
    for (var priority : List.of(Priority.values()).reversed()) {
      lanes.add(priority + " 1", priority, false);
      lanes.add(priority + " 2", priority, false);
    }
    assertThat(grant(12))
        .containsExactly(
            "NODE_STATUS 1",
            "NODE_STATUS 2",
            "NODE_TAINTS 1",
            "NODE_TAINTS 2",
            "POD_NOT_READY 1",
            "POD_NOT_READY 2",
            "POD_DELETION 1",
            "POD_DELETION 2",
            "NODE_LABELS 1",
            "NODE_LABELS 2",
            "EVENTS 1",
            "EVENTS 2");
    assertThat(lanes.next()).isEmpty();
    assertThat(lanes.poll()).isEmpty();
  }

  @Test
  void firstTriesGoBeforeRetries() {
    lanes.add("retry", Priority.NODE_TAINTS, true);
    lanes.add("first", Priority.NODE_TAINTS, false);
    lanes.add("less urgent", Priority.POD_DELETION, false);
    assertThat(grant(3)).containsExactly("first", "retry", "less urgent");
  }

  @Test
  void aPriorityThatWaitsIsServedAfterNineteenOthers() {
    add(Priority.NODE_STATUS, 100);
    add(Priority.EVENTS, 2);
    var granted = grant(40);
    assertThat(granted.indexOf("EVENTS")).isEqualTo(19);
    assertThat(granted.lastIndexOf("EVENTS")).isEqualTo(39);
  }

  @Test
  void everyPriorityThatWaitsGetsOneOfTwenty() {
    for (var priority : Priority.values()) {
      add(priority, 2000);
    }
    var granted = grant(2000);
    var counts = new EnumMap<Priority, Integer>(Priority.class);
    for (var priority : Priority.values()) {
      counts.put(priority, Collections.frequency(granted, priority.name()));
    }
    for (var priority : Priority.values()) {
      assertThat(counts.get(priority)).as(priority.name()).isGreaterThanOrEqualTo(99);
    }
    assertThat(counts.get(Priority.NODE_STATUS)).isGreaterThanOrEqualTo(1500);
  }

  @Test
  void theMostUrgentIsDelayedByOneRequestWhereOneOtherPriorityWaits() {
    add(Priority.NODE_STATUS, 200);
    add(Priority.POD_DELETION, 200);
    var granted = grant(200);
    for (var i = 1; i < granted.size(); i++) {
      assertThat(granted.subList(i - 1, i + 1)).contains("NODE_STATUS");
    }
  }

  @Test
  void whoWaitedWhileNothingWaitedAfterwardsHasNoCredit() {
    add(Priority.NODE_STATUS, 19);
    add(Priority.EVENTS, 1);
    assertThat(grant(20)).endsWith("EVENTS");
    add(Priority.NODE_STATUS, 19);
    add(Priority.EVENTS, 1);
    assertThat(grant()).isEqualTo("NODE_STATUS");
  }

  @Test
  void aRequestThatIsNotSentCostsNobodyItsTurn() {
    add(Priority.NODE_STATUS, 100);
    add(Priority.EVENTS, 1);
    for (var i = 0; i < 30; i++) {
      assertThat(lanes.poll()).contains("NODE_STATUS");
    }
  }

  @Test
  void aPriorityThatMayNotGoOutIsNextAsSoonAsItMay() {
    add(Priority.NODE_STATUS, 40);
    add(Priority.EVENTS, 2);
    closed.add(Priority.EVENTS);
    assertThat(grant(30)).containsOnly("NODE_STATUS");
    closed.clear();
    assertThat(grant(2)).containsExactly("EVENTS", "NODE_STATUS");
    closed.addAll(EnumSet.allOf(Priority.class));
    assertThat(lanes.next()).isEmpty();
    assertThat(lanes.poll()).isEmpty();
  }

  @Test
  void theOneThatWaitsLongestCanBeDropped() {
    lanes.add("old", Priority.EVENTS, false);
    lanes.add("young", Priority.EVENTS, false);
    assertThat(lanes.waiting(Priority.EVENTS)).isEqualTo(2);
    lanes.dropOldest(Priority.EVENTS);
    assertThat(lanes.waiting(Priority.EVENTS)).isEqualTo(1);
    assertThat(lanes.poll()).contains("young");
  }

  @Test
  void theObserverHearsOfEveryRequestAndHowLongItWaited() {
    lanes.add("retry", Priority.POD_DELETION, true);
    time.pass(Duration.ofSeconds(2));
    lanes.add("first", Priority.POD_DELETION, false);
    lanes.add("event", Priority.EVENTS, false);
    time.pass(Duration.ofSeconds(3));
    lanes.poll();
    lanes.poll();
    lanes.dropOldest(Priority.EVENTS);
    assertThat(observer.notes)
        .containsExactly(
            "retry POD_DELETION",
            "add POD_DELETION",
            "add EVENTS",
            "take POD_DELETION 3000",
            "take POD_DELETION 5000",
            "take EVENTS 3000");
  }
}
