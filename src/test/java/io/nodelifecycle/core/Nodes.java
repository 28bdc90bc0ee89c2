package io.nodelifecycle.core;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Taint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Nodes of a test, and copies of them that differ in one thing. */
final class Nodes {
  private Nodes() {}

  /** A node whose kubelet has posted this. */
  static NodeSnapshot node(String name, ConditionStatus ready, Instant clock) {
    var conditions = new ArrayList<NodeCondition>();
    if (ready != ConditionStatus.ABSENT) {
      conditions.add(new NodeCondition(NodeCondition.READY, ready, clock, clock));
    }
    return new NodeSnapshot(
        name, "uid-" + name, "0", clock, Map.of(), List.of(), false, List.copyOf(conditions));
  }

  /** In a zone of region {@code eu}. */
  static UnaryOperator<NodeSnapshot> inZone(String zone) {
    return labelled("topology.kubernetes.io/region", "eu")
            .andThen(labelled("topology.kubernetes.io/zone", zone))
        ::apply;
  }

  static UnaryOperator<NodeSnapshot> labelled(String key, String value) {
    return node -> {
      var labels = new HashMap<>(node.labels());
      labels.put(key, value);
      return copy(node, node.uid(), labels, node.taints(), node.conditions());
    };
  }

  static UnaryOperator<NodeSnapshot> tainted(Taint... taints) {
    return node -> copy(node, node.uid(), node.labels(), List.of(taints), node.conditions());
  }

  static UnaryOperator<NodeSnapshot> withUid(String uid) {
    return node -> copy(node, uid, node.labels(), node.taints(), node.conditions());
  }

  /** With this condition instead of the one of its type; without it if the status is absent. */
  static UnaryOperator<NodeSnapshot> condition(
      String type, ConditionStatus status, @Nullable Instant heartbeat, Instant transition) {
    return node -> {
      var conditions = new ArrayList<>(node.conditions());
      conditions.removeIf(condition -> condition.type().equals(type));
      if (status != ConditionStatus.ABSENT) {
        conditions.add(new NodeCondition(type, status, heartbeat, transition));
      }
      return copy(node, node.uid(), node.labels(), node.taints(), List.copyOf(conditions));
    };
  }

  static NodeSnapshot versioned(NodeSnapshot node, String version) {
    return new NodeSnapshot(
        node.name(),
        node.uid(),
        version,
        node.creationTimestamp(),
        node.labels(),
        node.taints(),
        node.isUnschedulable(),
        node.conditions());
  }

  private static NodeSnapshot copy(
      NodeSnapshot node,
      String uid,
      Map<String, String> labels,
      List<Taint> taints,
      List<NodeCondition> conditions) {
    return new NodeSnapshot(
        node.name(),
        uid,
        node.resourceVersion(),
        node.creationTimestamp(),
        Map.copyOf(labels),
        taints,
        node.isUnschedulable(),
        conditions);
  }
}
