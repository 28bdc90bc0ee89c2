package io.nodelifecycle.golden;

import io.nodelifecycle.testing.witness.Change;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the program does on purpose something else than the recorded reference. The other intended
 * differences, such as the uid in events of evictions, do not show in recordings.
 */
enum IntendedDifference {
  /** That a node's pods are not ready follows from the node's state, not from how it got there. */
  PODS_OF_A_NODE_THAT_WAS_NOT_READY_BEFORE_IT_FELL_SILENT("kubelet_not_ready_then_silent") {
    @Override
    List<List<Change>> alternatives(List<Change> recorded) {
      var wanted = new ArrayList<>(recorded);
      var at = time(recorded, "a1", "cond Ready", "Unknown/NodeStatusUnknown");
      for (var pod : List.of("default/t30", "default/only-unreachable")) {
        var text = Change.event("Warning", "node-controller", "Node is not ready");
        wanted.add(Change.of(at, "pod", pod, "cond Ready", "False/"));
        wanted.add(Change.of(at, "event", "Pod " + pod, "NodeNotReady", text));
      }
      return List.of(wanted);
    }
  },

  /** A pod that is terminating already gets no second event. */
  NO_EVENT_FOR_A_TERMINATING_POD("kubelet_not_ready_then_silent") {
    @Override
    List<List<Change>> alternatives(List<Change> recorded) {
      return List.of(
          recorded.stream()
              .filter(change -> !change.what().equals("TaintManagerEviction") || change.count() < 2)
              .toList());
    }
  },

  /**
   * Six of eight nodes fail: the zone's rate becomes zero. Whether a first node is tainted before
   * that is known was a race in the reference; none or one is right.
   */
  NO_TAINT_BEFORE_THE_STOP_IS_KNOWN("small_zone_partial") {
    @Override
    List<List<Change>> alternatives(List<Change> recorded) {
      var none =
          recorded.stream()
              .filter(change -> !change.what().endsWith("unreachable:NoExecute"))
              .filter(change -> !change.what().equals("TaintManagerEviction"))
              .filter(change -> !change.what().equals("cond DisruptionTarget"))
              .filter(change -> !change.what().equals("deleting"))
              .toList();
      return List.of(none, recorded);
    }
  };

  private final String scenario;

  IntendedDifference(String scenario) {
    this.scenario = scenario;
  }

  /** What may be seen instead of the recorded changes: any one of these lists. */
  abstract List<List<Change>> alternatives(List<Change> recorded);

  /** The lists of changes of which the program must show one. */
  static List<List<Change>> applyTo(Recording recording) {
    var alternatives = List.of(recording.changes());
    for (var difference : values()) {
      if (difference.scenario.equals(recording.scenario())) {
        alternatives =
            alternatives.stream().flatMap(list -> difference.alternatives(list).stream()).toList();
      }
    }
    return alternatives;
  }

  private static double time(List<Change> changes, String name, String what, String value) {
    return changes.stream()
        .filter(change -> change.name().equals(name))
        .filter(change -> change.what().equals(what) && change.value().equals(value))
        .mapToDouble(Change::at)
        .findFirst()
        .orElseThrow();
  }
}
