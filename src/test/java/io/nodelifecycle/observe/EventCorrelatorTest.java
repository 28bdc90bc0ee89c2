package io.nodelifecycle.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.EventSource;
import io.nodelifecycle.core.Action.EventSubject.OfNode;
import io.nodelifecycle.core.Action.SendEvent;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.runtime.EventPost;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventCorrelatorTest {
  private static final Instant START = Instant.parse("1999-01-02T03:04:05.678Z");
  private static final Instant WALL = Instant.parse("2024-05-06T07:08:09.123456789Z");

  private final EventCorrelator correlator = new EventCorrelator();
  private Duration passed = Duration.ZERO;

  @Test
  void firstEventIsCreatedWithANameOfItsObjectAndTime() {
    var post = send("node-1", "hello").orElseThrow();

    assertThat(post.isRepeat()).isFalse();
    assertThat(post.count()).isEqualTo(1);
    assertThat(post.name()).isEqualTo("node-1.17ccd493bd5b0715");
    assertThat(post.firstTimestamp()).isEqualTo(WALL);
    assertThat(post.lastTimestamp()).isEqualTo(WALL);
    assertThat(post.event().message()).isEqualTo("hello");
  }

  @Test
  void eventsOfOneMomentHaveDifferentNames() {
    var first = send("node-1", "hello").orElseThrow();
    var second = send("node-1", "world").orElseThrow();

    assertThat(second.name()).isEqualTo("node-1.17ccd493bd5b0716").isNotEqualTo(first.name());
  }

  @Test
  void equalEventsRaiseTheCountOfTheFirst() {
    var first = send("node-1", "hello").orElseThrow();
    pass(Duration.ofSeconds(7));
    var second = send("node-1", "hello").orElseThrow();

    assertThat(second.isRepeat()).isTrue();
    assertThat(second.count()).isEqualTo(2);
    assertThat(second.name()).isEqualTo(first.name());
    assertThat(second.firstTimestamp()).isEqualTo(WALL);
    assertThat(second.lastTimestamp()).isEqualTo(WALL.plusSeconds(7));
  }

  @ParameterizedTest
  @CsvSource({"node-2, hello, NODE_CONTROLLER", "node-1, hello, TAINT_EVICTION"})
  void eventsOfOtherObjectsOrSourcesAreOthers(String node, String message, EventSource source) {
    send("node-1", "hello");

    var other = send(node, message, source).orElseThrow();

    assertThat(other.isRepeat()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"PT9M59.999S, true", "PT10M, true", "PT10M0.001S, false"})
  void whatWasNotSeenForTenMinutesIsForgotten(Duration pause, boolean isRepeat) {
    send("node-1", "hello");
    pass(pause);

    assertThat(send("node-1", "hello").orElseThrow().isRepeat()).isEqualTo(isRepeat);
  }

  @Test
  void theTenthSimilarEventIsCombinedAndLaterOnesRaiseItsCount() {
    for (int i = 1; i <= 9; i++) {
      assertThat(send("node-1", "message " + i).orElseThrow().event().message())
          .isEqualTo("message " + i);
    }
    var tenth = send("node-1", "message 10").orElseThrow();
    var eleventh = send("node-1", "message 11").orElseThrow();

    assertThat(tenth.event().message()).isEqualTo("(combined from similar events): message 10");
    assertThat(tenth.isRepeat()).isFalse();
    assertThat(eleventh.event().message()).isEqualTo("(combined from similar events): message 11");
    assertThat(eleventh.isRepeat()).isTrue();
    assertThat(eleventh.count()).isEqualTo(2);
    assertThat(eleventh.name()).isEqualTo(tenth.name());
  }

  @ParameterizedTest
  @CsvSource({"PT10M, true", "PT10M0.001S, false"})
  void similarEventsAreCombinedOnlyWithinTenMinutes(Duration pause, boolean isCombined) {
    for (int i = 1; i <= 9; i++) {
      send("node-1", "message " + i);
    }
    pass(pause);

    var message = send("node-1", "message 10").orElseThrow().event().message();

    assertThat(message.startsWith("(combined")).isEqualTo(isCombined);
  }

  @Test
  void theTwentySixthEventAboutAnObjectIsDroppedUntilFiveMinutesHavePassed() {
    for (int i = 1; i <= 25; i++) {
      assertThat(send("node-1", "hello")).as("event %s", i).isPresent();
    }
    assertThat(send("node-1", "hello")).isEmpty();
    assertThat(send("node-2", "hello")).isPresent();
    assertThat(send("node-1", "hello", EventSource.TAINT_EVICTION)).isPresent();
    pass(Duration.ofMillis(299_999));
    assertThat(send("node-1", "hello")).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(send("node-1", "hello").map(EventPost::count)).contains(28);
    assertThat(send("node-1", "hello")).isEmpty();
  }

  @Test
  void anAllowanceGrowsNoLargerThanTheBurst() {
    send("node-1", "hello");
    pass(Duration.ofDays(1));
    for (int i = 1; i <= 25; i++) {
      assertThat(send("node-1", "hello")).as("event %s", i).isPresent();
    }
    assertThat(send("node-1", "hello")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"4095, true", "4096, false"})
  void theLatestFourThousandEventsAreRemembered(int others, boolean isRepeat) {
    send("node-1", "hello");
    for (int i = 0; i < others; i++) {
      send("other-" + i, "hello");
    }

    assertThat(send("node-1", "hello").orElseThrow().isRepeat()).isEqualTo(isRepeat);
  }

  @ParameterizedTest
  @CsvSource({
    "node.with.dots, node.with.dots",
    "Node_Odd, node-odd",
    "-.x.-, x",
    "___, event",
  })
  void namesAreValid(String object, String start) {
    assertThat(send(object, "hello").orElseThrow().name()).isEqualTo(start + ".17ccd493bd5b0715");
  }

  @ParameterizedTest
  @CsvSource({"235, 252", "236, 253", "237, 253", "253, 253"})
  void namesAreNotTooLong(int objectLength, int length) {
    assertThat(send("n".repeat(objectLength), "hello").orElseThrow().name()).hasSize(length);
  }

  private Optional<EventPost> send(String node, String message) {
    return send(node, message, EventSource.NODE_CONTROLLER);
  }

  private Optional<EventPost> send(String node, String message, EventSource source) {
    var event =
        new SendEvent(new OfNode(new NodeKey(node, "uid")), false, "Reason", message, source);
    return correlator.accept(event, WALL.plus(passed), START.plus(passed));
  }

  private void pass(Duration duration) {
    passed = passed.plus(duration);
  }
}
