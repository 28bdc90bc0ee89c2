package io.nodelifecycle.core;

import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All bound pods, by uid and by node. Nothing ever scans all of them but the end of a list. */
final class PodIndex {
  private final PodTable byUid = new PodTable();
  private final Map<String, ArrayList<PodEntry>> byNode = new HashMap<>();

  /** The pod with this key, null if there is none. */
  @Nullable PodEntry find(PodKey key) {
    return byUid.find(key.uid());
  }

  /** Adds a pod that is not there yet. */
  PodEntry add(PodSnapshot pod, Instant boundAt) {
    var entry = new PodEntry(pod, boundAt);
    byUid.put(entry);
    link(entry);
    return entry;
  }

  /** Replaces what is known of a pod; it may have moved to another node. */
  void update(PodEntry entry, PodSnapshot pod) {
    if (entry.pod.nodeName().equals(pod.nodeName())) {
      entry.pod = pod;
      return;
    }
    unlink(entry);
    entry.pod = pod;
    link(entry);
  }

  /** Forgets a pod. */
  void remove(PodEntry entry) {
    byUid.remove(entry.pod.key().uid());
    unlink(entry);
  }

  private void link(PodEntry entry) {
    var pods = byNode.computeIfAbsent(entry.pod.nodeName(), _ -> new ArrayList<>());
    entry.position = pods.size();
    pods.add(entry);
  }

  private void unlink(PodEntry entry) {
    var pods = byNode.get(entry.pod.nodeName());
    if (pods == null) {
      throw new IllegalStateException("pod is on no node: " + entry.pod);
    }
    var last = pods.removeLast();
    if (last != entry) {
      pods.set(entry.position, last);
      last.position = entry.position;
    }
    if (pods.isEmpty()) {
      byNode.remove(entry.pod.nodeName());
    }
  }

  /** The pods bound to the node of this name. */
  List<PodEntry> onNode(String nodeName) {
    var pods = byNode.get(nodeName);
    return pods == null ? List.of() : pods;
  }

  /** Shows all pods; none may be added or removed meanwhile. */
  void forEach(Consumer<PodEntry> consumer) {
    byUid.forEach(consumer);
  }

  /** How many there are. */
  int size() {
    return byUid.size();
  }
}
