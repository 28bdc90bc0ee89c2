package io.nodelifecycle.sandbox.workload;

import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A workload with the pods that it has and those that it wants. */
final class KeptWorkload {
  private final Workload workload;
  private final PodTemplate template;
  private final SortedMap<String, SeenPod> pods = new TreeMap<>();
  private final Map<String, Integer> podsByNode = new HashMap<>();
  private final SortedMap<String, PodTemplate> names = new TreeMap<>();
  private final Set<String> nodes = new HashSet<>();
  private final TreeSet<String> lostNames = new TreeSet<>();
  private final TreeSet<String> uncovered = new TreeSet<>();
  private int wanted;
  private int have;

  KeptWorkload(Workload workload, StoredObject first, List<Toleration> tolerations) {
    this.workload = workload;
    this.template = new PodTemplate(workload, first, tolerations);
  }

  Workload workload() {
    return workload;
  }

  PodTemplate template() {
    return template;
  }

  Collection<SeenPod> pods() {
    return pods.values();
  }

  /** Whether a DaemonSet wants to be on a node. */
  boolean wants(String node) {
    return nodes.contains(node);
  }

  /** Whether a DaemonSet wants to be on all these nodes. */
  boolean wantsAll(Set<String> all) {
    return nodes.containsAll(all);
  }

  /** A DaemonSet wants to be on this node too. */
  void cover(String node) {
    if (nodes.add(node) && !podsByNode.containsKey(node)) {
      uncovered.add(node);
    }
  }

  /** A pod that somebody else created is one more that is wanted. */
  void learn(SeenPod pod, StoredObject object) {
    switch (workload.replacement()) {
      case NEVER -> {}
      case ANYWHERE -> wanted += pod.isWanted() ? 1 : 0;
      case UNDER_SAME_NAME ->
          names.put(pod.ref().name(), new PodTemplate(workload, object, template.tolerations()));
      case ON_SAME_NODE -> {
        if (pod.isPlaced()) {
          cover(pod.node());
        }
      }
    }
  }

  /** A pod is now like this. */
  void put(SeenPod pod) {
    remove(pod.ref().key());
    pods.put(pod.ref().key(), pod);
    lostNames.remove(pod.ref().name());
    have += pod.isWanted() ? 1 : 0;
    if (pod.isPlaced()) {
      podsByNode.merge(pod.node(), 1, Integer::sum);
      uncovered.remove(pod.node());
    }
  }

  /** A pod is gone. */
  void remove(String key) {
    var before = pods.remove(key);
    if (before != null) {
      have -= before.isWanted() ? 1 : 0;
      if (names.containsKey(before.ref().name())) {
        lostNames.add(before.ref().name());
      }
      if (before.isPlaced()) {
        leave(before.node());
      }
    }
  }

  private void leave(String node) {
    int left = podsByNode.merge(node, -1, Integer::sum);
    if (left == 0) {
      podsByNode.remove(node);
      if (nodes.contains(node)) {
        uncovered.add(node);
      }
    }
  }

  /** How many pods are missing that may be anywhere. */
  int missing() {
    return workload.replacement() == Workload.Replacement.ANYWHERE ? wanted - have : 0;
  }

  /** After what to create the pods whose names are gone, in the order of these. */
  List<PodTemplate> missingNames() {
    var missing = new ArrayList<PodTemplate>();
    for (var name : lostNames) {
      var template = names.get(name);
      if (template != null) {
        missing.add(template);
      }
    }
    return missing;
  }

  /** The nodes of a DaemonSet that have no pod of it. */
  List<String> missingNodes() {
    return List.copyOf(uncovered);
  }
}
