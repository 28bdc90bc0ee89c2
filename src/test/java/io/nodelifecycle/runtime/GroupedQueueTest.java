package io.nodelifecycle.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

final class GroupedQueueTest {
  private final GroupedQueue<String> queue = new GroupedQueue<>();

  private List<String> drain() {
    var taken = new ArrayList<String>();
    while (!queue.isEmpty()) {
      taken.add(queue.remove());
    }
    return taken;
  }

  private void add(String group, int from, int to) {
    for (var i = from; i <= to; i++) {
      queue.add(group + i, group);
    }
  }

  @Test
  void oneGroupKeepsTheOrderOfArrival() {
    add("", 1, 100);
    assertThat(queue.size()).isEqualTo(100);
    assertThat(drain()).startsWith("1", "2", "3").endsWith("99", "100");
    assertThat(queue.size()).isZero();
    assertThatThrownBy(queue::remove).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void thoseOfAGroupGoInARow() {
    queue.add("a1", "a");
    queue.add("b1", "b");
    queue.add("a2", "a");
    queue.add("b2", "b");
    assertThat(drain()).containsExactly("a1", "a2", "b1", "b2");
  }

  @Test
  void afterThirtyTwoOfAGroupTheNextHasItsTurn() {
    add("a", 1, 70);
    add("b", 1, 2);
    add("c", 1, 1);
    var order = drain();
    assertThat(order.subList(30, 36)).containsExactly("a31", "a32", "b1", "b2", "c1", "a33");
    assertThat(order).hasSize(73).endsWith("a69", "a70");
  }

  @Test
  void theRowBeginsAnewForEachGroup() {
    add("a", 1, 31);
    add("b", 1, 33);
    add("c", 1, 1);
    var order = drain();
    assertThat(order.subList(31, 65)).startsWith("b1").endsWith("b32", "c1", "b33");
  }

  @Test
  void whatIsPutFirstGoesBeforeAllOthers() {
    add("a", 1, 2);
    add("b", 3, 3);
    queue.addFirst(List.of("b1", "b2"), "b");
    queue.addFirst(List.of(), "c");
    assertThat(queue.size()).isEqualTo(5);
    assertThat(drain()).containsExactly("b1", "b2", "b3", "a1", "a2");
  }

  @Test
  void whatIsNotWantedIsForgotten() {
    add("a", 1, 3);
    add("b", 1, 2);
    add("c", 1, 2);
    queue.retain(request -> List.of("a1", "a3", "c2").contains(request));
    assertThat(queue.size()).isEqualTo(3);
    assertThat(drain()).containsExactly("a1", "a3", "c2");
    assertThat(queue.size()).isZero();
  }

  @Test
  void aGroupThatIsPutFirstBeginsItsTurnAnew() {
    add("a", 1, 80);
    add("b", 1, 1);
    for (var i = 0; i < 31; i++) {
      queue.remove();
    }
    queue.addFirst(List.of("again"), "a");
    var order = drain();
    assertThat(order.indexOf("b1")).isEqualTo(32);
  }
}
