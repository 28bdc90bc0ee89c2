package io.nodelifecycle.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeadlineQueueTest {
  private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");

  private final DeadlineQueue<String> queue = new DeadlineQueue<>();

  private static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  private List<String> due(Instant now) {
    var due = new ArrayList<String>();
    for (var next = queue.poll(now); next.isPresent(); next = queue.poll(now)) {
      due.add(next.get());
    }
    return due;
  }

  @Test
  void aKeyIsDueAtItsDeadlineAndNotBefore() {
    queue.set("a", at(10));
    assertThat(queue.poll(at(10).minusNanos(1))).isEmpty();
    assertThat(queue.poll(at(10))).contains("a");
    assertThat(queue.poll(at(10))).isEmpty();
    assertThat(queue.size()).isZero();
  }

  @Test
  void theEarliestComesFirstAndEqualOnesInTheOrderInWhichTheyWereSet() {
    queue.set("late", at(30));
    queue.set("second", at(20));
    queue.set("third", at(20));
    queue.set("first", at(5));
    assertThat(queue.earliest()).isEqualTo(at(5));
    assertThat(due(at(29))).containsExactly("first", "second", "third");
    assertThat(due(at(30))).containsExactly("late");
  }

  @Test
  void aMovedDeadlineCountsWhereItIsNow() {
    queue.set("earlier", at(50));
    queue.set("later", at(10));
    queue.set("earlier", at(20));
    queue.set("later", at(40));
    assertThat(queue.earliest()).isEqualTo(at(20));
    assertThat(due(at(39))).containsExactly("earlier");
    assertThat(due(at(60))).containsExactly("later");
  }

  @Test
  void movedThereAndBackItIsDueOnce() {
    queue.set("a", at(10));
    queue.set("a", at(20));
    queue.set("a", at(10));
    assertThat(due(at(30))).containsExactly("a");
  }

  @Test
  void aCancelledKeyIsNeverDue() {
    queue.set("a", at(10));
    queue.set("b", at(20));
    queue.cancel("a");
    queue.set("b", Instant.MAX);
    queue.cancel("was never there");
    assertThat(queue.earliest()).isEqualTo(Instant.MAX);
    assertThat(due(at(99))).isEmpty();
    assertThat(queue.size()).isZero();
  }

  @Test
  void leftoversAreAtMostAsManyAsDeadlinesBeyondAFixedNumber() {
    for (var i = 0; i < 100; i++) {
      queue.set("key " + i, at(1_000_000));
    }
    for (var move = 1; move <= 10_000; move++) {
      queue.set("key " + move % 100, at(1_000_000 - move));
      assertThat(queue.heapSize()).isLessThanOrEqualTo(200);
    }
    for (var i = 0; i < 100; i++) {
      queue.cancel("key " + i);
    }
    assertThat(queue.heapSize()).isLessThanOrEqualTo(64);
    assertThat(queue.size()).isZero();
  }

  @Test
  void rebuildingTheHeapKeepsTheOrder() {
    for (var i = 0; i < 100; i++) {
      queue.set("key " + i, at(500));
    }
    for (var i = 99; i >= 0; i--) {
      queue.set("key " + i, at(1000));
      queue.set("key " + i, at(2000 - i));
    }
    assertThat(due(at(2000))).hasSize(100).startsWith("key 99", "key 98").endsWith("key 0");
  }
}
