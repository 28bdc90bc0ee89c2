package io.nodelifecycle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.Priority;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestsUnderWayTest {
  private static final double RATE = 20;

  private final FixedTime time = new FixedTime();
  private final RecordingObserver observer = new RecordingObserver();
  private final RequestsUnderWay underWay = new RequestsUnderWay(RATE, time, observer);

  private static QueueStatus status(int waiting, int underWay, long unfinished, long longest) {
    return new QueueStatus(
        waiting, underWay, Duration.ofSeconds(unfinished), Duration.ofSeconds(longest));
  }

  @Test
  void theAgesOfRequestsAreThoseOfTheirOwnPriority() {
    underWay.begin(Priority.POD_DELETION);
    time.pass(Duration.ofSeconds(2));
    underWay.begin(Priority.POD_DELETION);
    underWay.begin(Priority.EVENTS);
    time.pass(Duration.ofSeconds(3));
    assertThat(underWay.count()).isEqualTo(3);
    assertThat(underWay.status(Priority.POD_DELETION, 7)).isEqualTo(status(7, 2, 8, 5));
    assertThat(underWay.status(Priority.EVENTS, 0)).isEqualTo(status(0, 1, 3, 3));
    assertThat(underWay.status(Priority.NODE_STATUS, 1)).isEqualTo(status(1, 0, 0, 0));
  }

  @Test
  void theOldestThatIsStillUnderWayCountsWhateverEndsFirst() {
    var first = underWay.begin(Priority.POD_DELETION);
    var second = underWay.begin(Priority.POD_DELETION);
    time.pass(Duration.ofSeconds(1));
    var third = underWay.begin(Priority.POD_DELETION);
    time.pass(Duration.ofSeconds(4));
    underWay.end(second);
    underWay.end(third);
    assertThat(underWay.status(Priority.POD_DELETION, 0)).isEqualTo(status(0, 1, 5, 5));
    underWay.end(first);
    assertThat(underWay.count()).isZero();
    assertThat(observer.notes)
        .endsWith("work POD_DELETION 5000", "work POD_DELETION 4000", "work POD_DELETION 5000")
        .filteredOn("send POD_DELETION"::equals)
        .hasSize(3);
  }

  @Test
  void readsTakeSlotsAndWriteNothing() {
    assertThat(underWay.hasWrite()).isFalse();
    var read = underWay.begin(Priority.NODE_STATUS, true);
    assertThat(underWay.count()).isEqualTo(1);
    assertThat(underWay.hasWrite()).isFalse();
    var write = underWay.begin(Priority.EVENTS);
    assertThat(underWay.hasWrite()).isTrue();
    underWay.end(read);
    assertThat(underWay.hasWrite()).isTrue();
    underWay.end(write);
    assertThat(underWay.hasWrite()).isFalse();
  }

  /** Slow answers: there are as many slots as there ever are. */
  @ParameterizedTest
  @CsvSource({
    "NODE_STATUS, 127, EVENTS",
    "NODE_STATUS, 128,",
    "NODE_TAINTS, 107, EVENTS",
    "NODE_TAINTS, 108, NODE_STATUS",
    "NODE_TAINTS, 109, NODE_STATUS",
    "POD_NOT_READY, 87, EVENTS",
    "POD_NOT_READY, 88, NODE_TAINTS",
    "POD_NOT_READY, 89, NODE_TAINTS",
    "POD_DELETION, 67, EVENTS",
    "POD_DELETION, 68, POD_NOT_READY",
    "POD_DELETION, 69, POD_NOT_READY",
    "NODE_LABELS, 47, EVENTS",
    "NODE_LABELS, 48, POD_DELETION",
    "NODE_LABELS, 49, POD_DELETION",
    "EVENTS, 27, EVENTS",
    "EVENTS, 28, NODE_LABELS",
    "EVENTS, 29, NODE_LABELS"
  })
  void whatIsUnderWayLeavesSlotsToWhatIsMoreUrgent(
      Priority sent, int count, @Nullable Priority leastUrgent) {
    answerAfter(Duration.ofSeconds(10));
    assertSlots(sent, count, leastUrgent);
  }

  /** No answer yet, or quick ones: as many as it takes, and two more for each that is urgent. */
  @ParameterizedTest
  @CsvSource({
    "0, NODE_STATUS, 11, EVENTS",
    "0, NODE_STATUS, 12,",
    "0, NODE_TAINTS, 9, EVENTS",
    "0, NODE_TAINTS, 10, NODE_STATUS",
    "0, EVENTS, 1, EVENTS",
    "0, EVENTS, 2, NODE_LABELS",
    "50, EVENTS, 2, EVENTS",
    "50, EVENTS, 3, NODE_LABELS",
    "51, EVENTS, 3, EVENTS",
    "51, EVENTS, 4, NODE_LABELS",
    "1000, NODE_STATUS, 31, EVENTS",
    "1000, NODE_STATUS, 32,",
    "1000, EVENTS, 21, EVENTS",
    "1000, EVENTS, 22, NODE_LABELS"
  })
  void asManyAreUnderWayAsUseUpTheRate(
      int answerMillis, Priority sent, int count, @Nullable Priority leastUrgent) {
    if (answerMillis > 0) {
      answerAfter(Duration.ofMillis(answerMillis));
    }
    assertSlots(sent, count, leastUrgent);
  }

  @Test
  void fewAnswersAreQuickBeforeManyAreSlow() {
    var quick = Duration.ofMillis(10);
    var slow = Duration.ofSeconds(2);
    answerAfter(quick);
    for (var i = 0; i < 20; i++) {
      answerAfter(slow);
    }
    assertThat(slotsOfEvents()).isEqualTo(3);
    for (var i = 0; i < 200; i++) {
      answerAfter(slow);
    }
    assertThat(slotsOfEvents()).isEqualTo(28);
    for (var i = 0; i < 20; i++) {
      answerAfter(quick);
    }
    assertThat(slotsOfEvents()).isEqualTo(3);
  }

  private void answerAfter(Duration duration) {
    var request = underWay.begin(Priority.NODE_STATUS);
    time.pass(duration);
    underWay.end(request);
  }

  private int slotsOfEvents() {
    return underWay.slots(Priority.EVENTS);
  }

  private void assertSlots(Priority sent, int count, @Nullable Priority leastUrgent) {
    for (var i = 0; i < count; i++) {
      underWay.begin(sent);
    }
    for (var priority : Priority.values()) {
      assertThat(underWay.hasSlot(priority))
          .as(priority.name())
          .isEqualTo(leastUrgent != null && priority.compareTo(leastUrgent) <= 0);
    }
  }

  @Test
  void aSlotIsFreeAgainWhenItsRequestHasEnded() {
    var first = underWay.begin(Priority.EVENTS);
    underWay.begin(Priority.EVENTS);
    assertThat(underWay.hasSlot(Priority.EVENTS)).isFalse();
    underWay.end(first);
    assertThat(underWay.hasSlot(Priority.EVENTS)).isTrue();
  }

  @Test
  void whatIsUnderWayAgesUntilItEnds() {
    assertThat(status(3, 2, 8, 5).after(Duration.ofSeconds(10))).isEqualTo(status(3, 2, 28, 15));
    assertThat(status(3, 0, 0, 0).after(Duration.ofSeconds(10))).isEqualTo(status(3, 0, 0, 0));
  }
}
