package io.nodelifecycle.sandbox.workload;

import io.nodelifecycle.core.eviction.TolerationMatcher;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.story.NodeState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds nodes for pods: Ready, not cordoned, without a NoSchedule or NoExecute taint that the pod
 * does not tolerate; the one with the fewest pods, by name where several have as few. Selectors,
 * affinities and resources are not looked at.
 *
 * <p>For each list of tolerations that occurs it keeps the nodes in that order, so that a change of
 * a node costs as much as there are different lists, and a pod a look at the first one.
 */
final class PodScheduler {
  /** What the DaemonSet controller lets its pods tolerate, whatever their template says. */
  private static final Set<String> TOLERATED_BY_DAEMONS =
      Set.of(
          "node.kubernetes.io/not-ready",
          "node.kubernetes.io/unreachable",
          "node.kubernetes.io/disk-pressure",
          "node.kubernetes.io/memory-pressure",
          "node.kubernetes.io/pid-pressure",
          "node.kubernetes.io/unschedulable");

  private final TolerationMatcher matcher = new TolerationMatcher(false);
  private final Map<String, NodeState> nodes = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<List<Toleration>, Lane> lanes = new LinkedHashMap<>();

  /** A node and how many pods are on it. */
  private record Place(int pods, String node) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byPods = Integer.compare(pods, other.pods);
      return byPods != 0 ? byPods : node.compareTo(other.node);
    }
  }

  /** Pods that tolerate the same: the nodes they may go to, and those of them that wait. */
  private static final class Lane {
    private final TreeSet<Place> places = new TreeSet<>();
    private final Queue<ObjectRef> waiting = new ArrayDeque<>();
  }

  /**
   * A node is now like this.
   *
   * @return whether that makes a difference to pods
   */
  boolean put(NodeState node) {
    var before = nodes.put(node.name(), node);
    if (before != null && isAlike(before, node)) {
      return false;
    }
    var place = place(node.name());
    lanes.forEach((tolerations, lane) -> settle(lane, tolerations, place, node));
    return true;
  }

  private static boolean isAlike(NodeState before, NodeState node) {
    return before.ready() == node.ready()
        && before.isCordoned() == node.isCordoned()
        && before.taints().equals(node.taints());
  }

  /** A node is gone. */
  void remove(String node) {
    nodes.remove(node);
    var place = place(node);
    lanes.values().forEach(lane -> lane.places.remove(place));
  }

  /** A pod has come to a node, or gone from it. */
  void count(String name, int difference) {
    var before = place(name);
    int after = before.pods + difference;
    counts.put(name, after);
    var node = nodes.get(name);
    lanes.forEach((tolerations, lane) -> {
      lane.places.remove(before);
      settle(lane, tolerations, new Place(after, name), node);
    });
  }

  private Place place(String node) {
    return new Place(counts.getOrDefault(node, 0), node);
  }

  private void settle(
      Lane lane, List<Toleration> tolerations, Place place, @Nullable NodeState node) {
    if (node != null && takes(node, tolerations)) {
      lane.places.add(place);
    } else {
      lane.places.remove(place);
    }
  }

  private boolean takes(NodeState node, List<Toleration> tolerations) {
    return node.ready() == ConditionStatus.TRUE
        && !node.isCordoned()
        && node.taints().stream()
            .allMatch(taint -> !keepsAway(taint) || tolerates(tolerations, taint));
  }

  private static boolean keepsAway(Taint taint) {
    return taint.isNoExecute() || taint.effect().equals(Taint.NO_SCHEDULE);
  }

  private boolean tolerates(List<Toleration> tolerations, Taint taint) {
    return matcher.first(tolerations, taint).isPresent();
  }

  /**
   * Whether a pod of a DaemonSet may be on a node: it is Ready, and no foreign taint forbids it.
   */
  boolean takesDaemon(String name, List<Toleration> tolerations) {
    var node = nodes.get(name);
    return node != null
        && node.ready() == ConditionStatus.TRUE
        && node.taints().stream()
            .allMatch(taint ->
                !keepsAway(taint)
                    || TOLERATED_BY_DAEMONS.contains(taint.key())
                    || tolerates(tolerations, taint));
  }

  /** The nodes that are there. */
  Set<String> nodes() {
    return nodes.keySet();
  }

  /** The node for a pod that tolerates this; empty if there is none, or if others wait for it. */
  Optional<String> find(List<Toleration> tolerations) {
    var lane = lane(tolerations);
    return lane.waiting.isEmpty() ? first(lane) : Optional.empty();
  }

  /** A pod waits from now on until a node takes it. */
  void await(ObjectRef pod, List<Toleration> tolerations) {
    lane(tolerations).waiting.add(pod);
  }

  /** The pods that need not wait any longer, in the order in which they came. */
  List<ObjectRef> due() {
    var due = new ArrayList<ObjectRef>();
    for (var lane : lanes.values()) {
      if (!lane.places.isEmpty()) {
        due.addAll(lane.waiting);
        lane.waiting.clear();
      }
    }
    return due;
  }

  /** Whether {@link #due} would return any. */
  boolean hasDue() {
    return lanes.values().stream()
        .anyMatch(lane -> !lane.waiting.isEmpty() && !lane.places.isEmpty());
  }

  private static Optional<String> first(Lane lane) {
    return lane.places.isEmpty() ? Optional.empty() : Optional.of(lane.places.first().node);
  }

  private Lane lane(List<Toleration> tolerations) {
    var known = lanes.get(tolerations);
    if (known != null) {
      return known;
    }
    var lane = new Lane();
    nodes.values().forEach(node -> settle(lane, tolerations, place(node.name()), node));
    lanes.put(tolerations, lane);
    return lane;
  }
}
