package io.nodelifecycle.core;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.MarkDisruptionTarget;
import io.nodelifecycle.core.Action.MarkNodeLost;
import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Taint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nodes and pods as an API server keeps them: writes with preconditions make new versions. A pod
 * that is deleted is gone at once.
 */
final class FakeApi {
  final Map<String, NodeSnapshot> nodes = new LinkedHashMap<>();
  final Map<String, PodSnapshot> pods = new LinkedHashMap<>();

  /** The version of each node's lease. */
  final Map<String, String> leases = new LinkedHashMap<>();

  private final RuleCheck rules;
  private long version = 100;

  /** An API server that tells the rules what it holds. */
  FakeApi(RuleCheck rules) {
    this.rules = rules;
  }

  /** A new version of a node. */
  NodeSnapshot store(NodeSnapshot node) {
    var stored = Nodes.versioned(node, nextVersion());
    nodes.put(node.name(), stored);
    rules.nodeIs(stored);
    return stored;
  }

  /** A new version of a pod. */
  PodSnapshot store(PodSnapshot pod) {
    var stored = Pods.versioned(pod, nextVersion());
    pods.put(pod.key().name(), stored);
    rules.podIs(stored);
    return stored;
  }

  /** Deletes a node. */
  NodeSnapshot removeNode(String name) {
    var node = node(name);
    nodes.remove(name);
    rules.nodeGone(name);
    return node;
  }

  /** Deletes a pod. */
  PodSnapshot removePod(String name) {
    var pod = pod(name);
    pods.remove(name);
    rules.podGone(pod.key());
    return pod;
  }

  /** A new version of a node's lease. */
  String renew(String nodeName) {
    var renewed = nextVersion();
    leases.put(nodeName, renewed);
    rules.leaseIs(nodeName, renewed);
    return renewed;
  }

  /** Deletes the lease of a node. */
  void removeLease(String nodeName) {
    leases.remove(nodeName);
    rules.leaseGone(nodeName);
  }

  String nextVersion() {
    version++;
    return Long.toString(version);
  }

  NodeSnapshot node(String name) {
    var node = nodes.get(name);
    if (node == null) {
      throw new AssertionError("no node " + name);
    }
    return node;
  }

  PodSnapshot pod(String name) {
    var pod = pods.get(name);
    if (pod == null) {
      throw new AssertionError("no pod " + name);
    }
    return pod;
  }

  /** Answers a live read truthfully. */
  ReadOutcome answer(Action.Read read) {
    rules.applied(read);
    return switch (read) {
      case Action.ReadLease(var name) -> {
        var version = leases.get(name);
        yield new ReadOutcome.Leases(version == null ? Map.of() : Map.of(name, version));
      }
      case Action.ReadLeases() -> new ReadOutcome.Leases(leases);
      case Action.ReadWriters _ -> ReadOutcome.Writers.UNKNOWN;
      case Action.ReadNode(var node) -> new ReadOutcome.Node(nodes.get(node.name()));
    };
  }

  /** Carries a write out, or refuses it as the API server does. */
  Outcome apply(Write write, Instant wallClock) {
    var refused = refused(write);
    if (refused != null) {
      return refused;
    }
    rules.applied(write);
    return switch (write) {
      case PatchNodeStatus patch -> succeeded(store(withUnknown(patch, wallClock)), wallClock);
      case PatchNodeTaints patch -> succeeded(store(withTaints(patch, wallClock)), wallClock);
      case PatchNodeLabels patch -> succeeded(store(withLabels(patch)), wallClock);
      case MarkPodNotReady mark -> {
        var ready = Pods.ready(ConditionStatus.FALSE);
        yield succeeded(store(ready.apply(pod(mark.pod().name()))), wallClock);
      }
      case MarkDisruptionTarget mark -> succeeded(store(pod(mark.pod().name())), wallClock);
      case MarkNodeLost mark ->
          succeeded(store(Pods.nodeLost().apply(pod(mark.pod().name()))), wallClock);
      case DeletePod delete -> {
        removePod(delete.pod().name());
        yield new Outcome.Succeeded(null, null, wallClock);
      }
    };
  }

  private @Nullable Outcome refused(Write write) {
    return switch (write) {
      case PatchNodeStatus patch -> refused(patch.node(), patch.resourceVersion());
      case PatchNodeTaints patch -> refused(patch.node(), patch.resourceVersion());
      case PatchNodeLabels patch -> refused(patch.node(), "");
      case MarkPodNotReady mark -> refused(mark.pod(), mark.resourceVersion());
      case MarkDisruptionTarget mark -> refused(mark.pod(), mark.resourceVersion());
      case MarkNodeLost mark -> refused(mark.pod(), mark.resourceVersion());
      case DeletePod delete -> refused(delete.pod(), "");
    };
  }

  private static Outcome succeeded(NodeSnapshot node, Instant wallClock) {
    return new Outcome.Succeeded(node, null, wallClock);
  }

  private static Outcome succeeded(PodSnapshot pod, Instant wallClock) {
    return new Outcome.Succeeded(null, pod, wallClock);
  }

  private @Nullable Outcome refused(NodeKey key, String resourceVersion) {
    var node = nodes.get(key.name());
    if (node == null) {
      return new Outcome.NotFound();
    }
    return refused(node.uid().equals(key.uid()), resourceVersion, node.resourceVersion());
  }

  private @Nullable Outcome refused(PodKey key, String resourceVersion) {
    var pod = pods.get(key.name());
    if (pod == null) {
      return new Outcome.NotFound();
    }
    return refused(pod.key().uid().equals(key.uid()), resourceVersion, pod.resourceVersion());
  }

  private static @Nullable Outcome refused(boolean isSame, String wanted, String actual) {
    return isSame && (wanted.isEmpty() || wanted.equals(actual)) ? null : new Outcome.Conflict();
  }

  private NodeSnapshot withUnknown(PatchNodeStatus patch, Instant wallClock) {
    var node = node(patch.node().name());
    for (var condition : patch.conditions()) {
      var kept =
          node.condition(condition.type()).map(each -> each.lastHeartbeatTime()).orElse(null);
      var heartbeat = condition.neverPosted() != null ? condition.neverPosted() : kept;
      node =
          Nodes.condition(condition.type(), ConditionStatus.UNKNOWN, heartbeat, wallClock)
              .apply(node);
    }
    return node;
  }

  private NodeSnapshot withTaints(PatchNodeTaints patch, Instant wallClock) {
    List<Taint> taints = new ArrayList<>();
    for (var taint : patch.taints()) {
      taints.add(
          patch.added().contains(taint)
              ? new Taint(taint.key(), taint.value(), taint.effect(), wallClock)
              : taint);
    }
    return Nodes.tainted(taints.toArray(new Taint[0])).apply(node(patch.node().name()));
  }

  private NodeSnapshot withLabels(PatchNodeLabels patch) {
    var node = node(patch.node().name());
    for (var label : patch.labels().entrySet()) {
      node = Nodes.labelled(label.getKey(), label.getValue()).apply(node);
    }
    return node;
  }
}
