package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action.ReadNode;
import io.nodelifecycle.core.Action.Write;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes whose turn has come and that wait for the answer of a live read, by that read. */
final class ParkedWrites {
  private final Map<ReadNode, List<Write>> underWay = new HashMap<>();
  private final Deque<List<Write>> answered = new ArrayDeque<>();

  /**
   * Parks a write.
   *
   * @return whether it is the first that needs this read, which then has to be sent
   */
  boolean park(Write write, ReadNode read) {
    var writes = underWay.get(read);
    if (writes != null) {
      writes.add(write);
      return false;
    }
    underWay.put(read, new ArrayList<>(List.of(write)));
    return true;
  }

  /** The read was answered or failed, and that was observed. */
  void answered(ReadNode read) {
    var writes = underWay.remove(read);
    if (writes != null) {
      answered.add(writes);
    }
  }

  /** Takes the writes of one read that was answered, empty if there is none. */
  List<Write> poll() {
    var writes = answered.poll();
    return writes == null ? List.of() : writes;
  }

  /** Whether writes wait whose read was answered. */
  boolean hasAnswered() {
    return !answered.isEmpty();
  }
}
