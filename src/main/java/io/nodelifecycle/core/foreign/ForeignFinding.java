package io.nodelifecycle.core.foreign;

import java.time.Instant;
import java.util.Map;

/**
 * Another controller writes what this one does.
 *
 * @param write its last write that was seen
 * @param by the manager that the API server names, empty if that is not known
 * @param counts how many writes were seen since the last finding, by kind
 * @param at when the last was seen, on the monotonic time line
 */
public record ForeignFinding(
    ForeignWrite write, String by, Map<ForeignWrite.Kind, Integer> counts, Instant at) {
  /** What is to be done about it. */
  public static final String REMEDY =
      "start kube-controller-manager with"
          + " --controllers=*,-node-lifecycle-controller,-taint-eviction-controller";

  /** Copies the map. */
  public ForeignFinding {
    counts = Map.copyOf(counts);
  }

  /** Who it was, for people. */
  public String writer() {
    return by.isEmpty() ? "another controller" : by;
  }

  /** What is going on, in half a sentence for people. */
  public String text() {
    return "%s %s of node %s".formatted(writer(), write.what(), write.node().name());
  }
}
