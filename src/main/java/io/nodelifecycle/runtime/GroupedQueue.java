package io.nodelifecycle.runtime;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/**
 * Requests in the order of arrival, but those of a group in a row, so that what one of them needed
 * first (a live read) serves the others too. After {@value #IN_A_ROW_MAX} of a group the next group
 * has its turn.
 *
 * @param <T> the requests
 */
final class GroupedQueue<T> {
  /** As many as go out within the validity of a live read or two. */
  static final int IN_A_ROW_MAX = 32;

  private final LinkedHashMap<String, ArrayDeque<T>> groups = new LinkedHashMap<>();
  private int size;
  private int inARow;

  /** Adds a request at the end of its group. */
  void add(T request, String group) {
    groups.computeIfAbsent(group, _ -> new ArrayDeque<>()).add(request);
    size++;
  }

  /** Adds requests, the first foremost, before all others; their group begins its turn anew. */
  void addFirst(List<T> requests, String group) {
    if (requests.isEmpty()) {
      return;
    }
    var queue = groups.computeIfAbsent(group, _ -> new ArrayDeque<>());
    requests.reversed().forEach(queue::addFirst);
    groups.putFirst(group, queue);
    size += requests.size();
    inARow = 0;
  }

  /** Takes the next request; there must be one. */
  T remove() {
    var first = groups.firstEntry();
    if (first == null) {
      throw new NoSuchElementException("nothing waits");
    }
    var request = first.getValue().remove();
    size--;
    inARow++;
    if (first.getValue().isEmpty()) {
      groups.pollFirstEntry();
      inARow = 0;
    } else if (inARow >= IN_A_ROW_MAX) {
      groups.putLast(first.getKey(), first.getValue());
      inARow = 0;
    }
    return request;
  }

  /** Forgets what is not wanted. */
  void retain(Predicate<T> isWanted) {
    size = 0;
    for (var requests = groups.values().iterator(); requests.hasNext(); ) {
      var queue = requests.next();
      queue.removeIf(request -> !isWanted.test(request));
      size += queue.size();
      if (queue.isEmpty()) {
        requests.remove();
      }
    }
  }

  /** How many requests wait. */
  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }
}
