package io.nodelifecycle.core;

import io.nodelifecycle.core.model.DaemonSetSnapshot;
import io.nodelifecycle.core.model.PodSnapshot;
import java.util.HashMap;
import java.util.Map;

/** The DaemonSets of the cluster: their pods are never evicted for want of a healthy node. */
final class DaemonSets {
  private final Map<String, Known> byUid = new HashMap<>();

  private record Known(DaemonSetSnapshot daemonSet, int generation) {}

  /**
   * A DaemonSet was seen.
   *
   * @return whether that may change which pods belong to one
   */
  boolean seen(DaemonSetSnapshot daemonSet, int generation) {
    var before = byUid.put(daemonSet.uid(), new Known(daemonSet, generation));
    return before == null || !before.daemonSet.equals(daemonSet);
  }

  /**
   * A DaemonSet was deleted.
   *
   * @return whether it was known
   */
  boolean gone(String uid) {
    return byUid.remove(uid) != null;
  }

  /**
   * The list of DaemonSets is complete: the others are gone.
   *
   * @return whether any was
   */
  boolean listed(int generation) {
    return byUid.values().removeIf(known -> known.generation != generation);
  }

  /** Whether the pod is controlled by a DaemonSet, or selected by one of its namespace. */
  boolean own(PodSnapshot pod) {
    if (pod.isOfDaemonSet()) {
      return true;
    }
    for (var known : byUid.values()) {
      var daemonSet = known.daemonSet;
      if (daemonSet.namespace().equals(pod.key().namespace())
          && daemonSet.selector().matches(pod.labels())) {
        return true;
      }
    }
    return false;
  }

  /** How many are kept. */
  int count() {
    return byUid.size();
  }
}
