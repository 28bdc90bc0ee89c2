package io.nodelifecycle.runtime.dryrun;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.MarkDisruptionTarget;
import io.nodelifecycle.core.Action.MarkNodeLost;
import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Action.NodeWrite;
import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.PodWrite;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.PodSeen;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.ResourceVersion;
import io.nodelifecycle.core.model.Taint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What would have been written to nodes and pods, laid over what is seen of them. It answers writes
 * as the API server would, with its checks of uid and resourceVersion.
 *
 * <p>Holds one entry for each node, lease and bound pod that exists, and nothing of others. Pure:
 * reads no clock. Not thread-safe.
 */
final class Overlay {
  private final Map<String, OverlaidNode> nodes = new HashMap<>();
  private final Map<PodKey, OverlaidPod> pods = new HashMap<>();
  private final Map<String, Lease> leases = new HashMap<>();

  /** By the node's name, those pods over which something is laid. */
  private final Map<String, Set<OverlaidPod>> overlaidPods = new HashMap<>();

  private final Map<Resource, Integer> generations = new EnumMap<>(Resource.class);

  /** What was last seen of a node's lease, and in which list at the latest. */
  private record Lease(String version, int generation) {}

  /**
   * How a write would end.
   *
   * @param would what is to be told, empty if nothing would change
   */
  record Answer(Outcome outcome, Optional<WouldBeWrite> would) {
    static Answer of(Outcome outcome) {
      return new Answer(outcome, Optional.empty());
    }
  }

  /**
   * Takes note of something that was really seen.
   *
   * @param wallClock this machine's wall clock
   * @return what is to be shown instead, in this order
   */
  List<Observation> see(Observation observation, Instant wallClock) {
    return switch (observation) {
      case Observation.ListBegin(var resource) -> {
        generations.merge(resource, 1, Integer::sum);
        yield List.of(observation);
      }
      case Observation.ListEnd(var resource) -> {
        listed(resource);
        yield List.of(observation);
      }
      case NodeSeen seen -> List.of(see(seen));
      case Observation.NodeGone(var name, var uid) -> {
        var node = nodes.get(name);
        if (node != null && node.real().uid().equals(uid)) {
          nodes.remove(name);
        }
        yield List.of(observation);
      }
      case PodSeen seen -> List.of(see(seen));
      case Observation.PodGone(var key) -> {
        forget(pods.remove(key));
        yield List.of(observation);
      }
      case Observation.LeaseSeen seen -> leaseSeen(seen, wallClock);
      case Observation.LeaseGone(var name) -> {
        leases.remove(name);
        yield List.of(observation);
      }
      case Observation.DaemonSetSeen _,
          Observation.DaemonSetGone _,
          Observation.WatchBroken _,
          Observation.WatchRestored _,
          Observation.Paused _,
          Observation.WriteEnded _,
          Observation.ReadEnded _ ->
          List.of(observation);
    };
  }

  private int generation(Resource resource) {
    return generations.getOrDefault(resource, 0);
  }

  private void listed(Resource resource) {
    var generation = generation(resource);
    switch (resource) {
      case NODES -> nodes.values().removeIf(node -> node.generation != generation);
      case PODS -> {
        var gone = pods.values().stream().filter(pod -> pod.generation != generation).toList();
        gone.forEach(pod -> {
          pods.remove(pod.real().key());
          forget(pod);
        });
      }
      case LEASES -> leases.values().removeIf(lease -> lease.generation() != generation);
      case DAEMON_SETS -> {}
    }
  }

  private void forget(@Nullable OverlaidPod pod) {
    if (pod != null) {
      unlink(pod);
    }
  }

  private void unlink(OverlaidPod pod) {
    var name = pod.real().nodeName();
    var onNode = overlaidPods.get(name);
    if (onNode != null && onNode.remove(pod) && onNode.isEmpty()) {
      overlaidPods.remove(name);
    }
  }

  private void link(OverlaidPod pod) {
    if (pod.isOverlaid()) {
      overlaidPods.computeIfAbsent(pod.real().nodeName(), _ -> new LinkedHashSet<>()).add(pod);
    } else {
      unlink(pod);
    }
  }

  private NodeSeen see(NodeSeen seen) {
    var node = seen.node();
    var known = nodes.get(node.name());
    if (known == null || !known.real().uid().equals(node.uid())) {
      known = new OverlaidNode(node);
      nodes.put(node.name(), known);
    } else if (!seen.isListed() && isOlder(node.resourceVersion(), known.real())) {
      return shown(unlaid(node), seen);
    }
    known.see(node);
    known.generation = generation(Resource.NODES);
    return shown(known.view(), seen);
  }

  private static NodeSeen shown(NodeSnapshot view, NodeSeen seen) {
    return new NodeSeen(view, seen.isListed(), seen.wallClock());
  }

  private static boolean isOlder(String version, NodeSnapshot known) {
    return ResourceVersion.isOlder(version, known.resourceVersion());
  }

  /** An object over which nothing is laid. */
  private static NodeSnapshot unlaid(NodeSnapshot node) {
    return new OverlaidNode(node).view();
  }

  private PodSeen see(PodSeen seen) {
    var pod = seen.pod();
    var known = pods.get(pod.key());
    if (known == null) {
      known = new OverlaidPod(pod);
      pods.put(pod.key(), known);
    } else if (!seen.isListed()
        && ResourceVersion.isOlder(pod.resourceVersion(), known.real().resourceVersion())) {
      return new PodSeen(new OverlaidPod(pod).view(), false, seen.wallClock());
    }
    unlink(known);
    known.see(pod);
    known.generation = generation(Resource.PODS);
    link(known);
    return new PodSeen(known.view(), seen.isListed(), seen.wallClock());
  }

  /**
   * A lease that has changed is a kubelet that lives: it would find the conditions that were never
   * really written, and post its own.
   */
  private List<Observation> leaseSeen(Observation.LeaseSeen seen, Instant wallClock) {
    var lease = new Lease(seen.resourceVersion(), generation(Resource.LEASES));
    var before = leases.put(seen.nodeName(), lease);
    var node = nodes.get(seen.nodeName());
    var isHeartbeat = before == null || !before.version().equals(lease.version());
    return node != null && isHeartbeat && node.heard()
        ? List.of(seen, new NodeSeen(node.view(), false, wallClock))
        : List.of(seen);
  }

  /** A node was read live: the answer as it is to be shown. */
  NodeSnapshot read(NodeSnapshot node) {
    var known = nodes.get(node.name());
    if (known == null
        || !known.real().uid().equals(node.uid())
        || isOlder(node.resourceVersion(), known.real())) {
      return unlaid(node);
    }
    known.see(node);
    return known.view();
  }

  /** Whether something is laid over pods of this node. */
  boolean hasOverlaidPods(String nodeName) {
    return overlaidPods.containsKey(nodeName);
  }

  /**
   * What a node would be shown as after a write to it, if that puts an end to what is laid over its
   * pods; it is to be shown before {@link #release}.
   */
  Optional<Observation> shownBeforeRelease(String nodeName, Instant wallClock) {
    var node = nodes.get(nodeName);
    return node != null && hasOverlaidPods(nodeName)
        ? Optional.of(new NodeSeen(node.view(), false, wallClock))
        : Optional.empty();
  }

  /**
   * Lets go of what is laid over the pods of a node whose kubelet is back, and of their deletions
   * once nothing about the node would delete them: such a pod is shown as gone and as a new one.
   *
   * @return what is to be shown, in this order
   */
  List<Observation> release(String nodeName, Instant wallClock) {
    var node = nodes.get(nodeName);
    if (node == null || !hasOverlaidPods(nodeName)) {
      return List.of();
    }
    var view = node.view();
    if (view.ready() == ConditionStatus.UNKNOWN) {
      return List.of();
    }
    var isWell =
        view.ready() == ConditionStatus.TRUE
            && view.taints().stream().noneMatch(Taint::isNoExecute);
    var shown = new ArrayList<Observation>();
    for (var pod : List.copyOf(overlaidPods.getOrDefault(nodeName, Set.of()))) {
      var isChanged = pod.heard();
      if (isWell && pod.isDeleted()) {
        pod.revive();
        isChanged = true;
        shown.add(new Observation.PodGone(pod.real().key()));
      }
      link(pod);
      if (isChanged) {
        shown.add(new PodSeen(pod.view(), false, wallClock));
      }
    }
    return shown;
  }

  /**
   * Takes a write as done, if the API server would.
   *
   * @param wallClock this machine's wall clock
   */
  Answer write(Write write, Instant wallClock) {
    return switch (write) {
      case NodeWrite toNode -> write(toNode, nodes.get(toNode.node().name()), wallClock);
      case PodWrite toPod -> write(toPod, pods.get(toPod.pod()), wallClock);
    };
  }

  private static Answer write(NodeWrite write, @Nullable OverlaidNode node, Instant wallClock) {
    if (node == null) {
      return Answer.of(new Outcome.NotFound());
    }
    if (!node.real().key().equals(write.node())) {
      return Answer.of(new Outcome.Conflict());
    }
    var before = node.view();
    switch (write) {
      case PatchNodeStatus patch -> {
        if (!node.version().equals(patch.resourceVersion())) {
          return Answer.of(new Outcome.Conflict());
        }
        node.write(patch, wallClock);
      }
      case PatchNodeTaints patch -> {
        if (!node.version().equals(patch.resourceVersion())) {
          return Answer.of(new Outcome.Conflict());
        }
        node.write(patch, wallClock);
      }
      case PatchNodeLabels patch -> node.write(patch);
    }
    return new Answer(
        new Outcome.Succeeded(node.view(), null, wallClock),
        Optional.of(new WouldBeWrite(write, why(write, before))));
  }

  private static String why(NodeWrite write, NodeSnapshot before) {
    return switch (write) {
      case PatchNodeStatus _ -> "the node is silent";
      case PatchNodeTaints _ -> "Ready is " + before.ready() + cordoned(before);
      case PatchNodeLabels _ -> "they are copies of the labels without beta";
    };
  }

  private static String cordoned(NodeSnapshot node) {
    return node.isUnschedulable() ? ", the node is cordoned" : "";
  }

  private Answer write(PodWrite write, @Nullable OverlaidPod pod, Instant wallClock) {
    if (pod == null) {
      return Answer.of(new Outcome.NotFound());
    }
    switch (write) {
      case MarkPodNotReady mark -> {
        if (!pod.version().equals(mark.resourceVersion())) {
          return Answer.of(new Outcome.Conflict());
        }
        pod.markNotReady();
      }
      case MarkNodeLost mark -> {
        if (!pod.version().equals(mark.resourceVersion())) {
          return Answer.of(new Outcome.Conflict());
        }
        pod.markNodeLost();
      }
      case MarkDisruptionTarget mark -> {
        if (!pod.version().equals(mark.resourceVersion())) {
          return Answer.of(new Outcome.Conflict());
        }
        pod.touch();
      }
      case DeletePod _ -> {
        if (pod.view().isTerminating()) {
          return Answer.of(new Outcome.Succeeded(null, pod.view(), wallClock));
        }
        pod.delete();
      }
    }
    link(pod);
    return new Answer(
        new Outcome.Succeeded(null, pod.view(), wallClock),
        Optional.of(new WouldBeWrite(write, why(write, pod.real()))));
  }

  private String why(PodWrite write, PodSnapshot pod) {
    return switch (write) {
      case MarkPodNotReady _ -> "its node " + pod.nodeName() + " is Unknown";
      case MarkNodeLost _ -> failedFor(pod);
      case MarkDisruptionTarget _ -> byTaints(pod);
      case DeletePod delete -> delete.isByTaints() ? byTaints(pod) : failedFor(pod);
    };
  }

  private static String failedFor(PodSnapshot pod) {
    return "its node " + pod.nodeName() + " has been failed for too long";
  }

  private String byTaints(PodSnapshot pod) {
    var node = nodes.get(pod.nodeName());
    var taints = node == null ? List.<Taint>of() : node.view().taints();
    return taints.stream()
        .filter(Taint::isNoExecute)
        .map(Taint::toString)
        .collect(Collectors.joining(", ", "taints of its node " + pod.nodeName() + ": ", ""));
  }

  /** How many single changes are laid over nodes and pods. */
  int changes() {
    return nodes.values().stream().mapToInt(OverlaidNode::changes).sum()
        + overlaidPods.values().stream().mapToInt(Set::size).sum();
  }

  /** How many objects are remembered. */
  int remembered() {
    return nodes.size() + pods.size() + leases.size();
  }
}
