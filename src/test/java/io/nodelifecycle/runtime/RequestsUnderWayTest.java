package io.nodelifecycle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.Priority;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RequestsUnderWayTest {
  private final FixedTime time = new FixedTime();
  private final RecordingObserver observer = new RecordingObserver();
  private final RequestsUnderWay underWay = new RequestsUnderWay(time, observer);

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
  void whatIsUnderWayAgesUntilItEnds() {
    assertThat(status(3, 2, 8, 5).after(Duration.ofSeconds(10))).isEqualTo(status(3, 2, 28, 15));
    assertThat(status(3, 0, 0, 0).after(Duration.ofSeconds(10))).isEqualTo(status(3, 0, 0, 0));
  }
}
