package io.nodelifecycle.sandbox.kubelet;

import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.story.ClusterShape;
import io.nodelifecycle.sandbox.story.NodeState;
import io.nodelifecycle.sandbox.story.PodKind;
import io.nodelifecycle.sandbox.story.PodState;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Owner and scheduler of the sandbox's pods in one: keeps their number up, on nodes that take pods.
 * Where no node does, it waits.
 */
public final class PodKeeper {
  private static final String NAMESPACE = "default";

  private final SandboxCluster cluster;
  private final ClusterShape shape;
  private final Map<String, Integer> numbers = new HashMap<>();

  /** A keeper of these pods. */
  public PodKeeper(SandboxCluster cluster, ClusterShape shape) {
    this.cluster = cluster;
    this.shape = shape;
  }

  /** Creates the pods of the beginning. */
  public void populate(List<String> nodes, Instant wall) {
    for (var kind : shape.pods()) {
      for (var node : nodes) {
        for (int i = 0; i < kind.perNode(); i++) {
          create(kind, node, wall);
        }
      }
    }
  }

  /**
   * Replaces what is missing.
   *
   * @param nodes the nodes as they are
   * @param pods the pods as they are
   */
  public void advance(List<NodeState> nodes, List<PodState> pods, Instant wall) {
    var alive = pods.stream().filter(pod -> pod.exists() && !pod.isDeleting()).toList();
    var perNode = new HashMap<String, Integer>();
    alive.forEach(pod -> perNode.merge(pod.node(), 1, Integer::sum));
    for (var kind : shape.pods()) {
      var own = alive.stream().filter(pod -> pod.kind().equals(kind.name())).toList();
      switch (kind.owner()) {
        case DEPLOYMENT -> replace(kind, own.size(), nodes, perNode, wall);
        case DAEMONSET -> coverEveryNode(kind, own, nodes, wall);
        case NONE -> {}
      }
    }
  }

  private void replace(
      PodKind kind, int have, List<NodeState> nodes, Map<String, Integer> perNode, Instant wall) {
    var places = nodes.stream().filter(NodeState::takesPods).map(NodeState::name).toList();
    if (places.isEmpty()) {
      return;
    }
    for (int missing = kind.perNode() * shape.nodes() - have; missing > 0; missing--) {
      var node =
          places.stream()
              .min(Comparator.comparing((String name) -> perNode.getOrDefault(name, 0)))
              .orElseThrow();
      perNode.merge(node, 1, Integer::sum);
      create(kind, node, wall);
    }
  }

  private void coverEveryNode(
      PodKind kind, List<PodState> own, List<NodeState> nodes, Instant wall) {
    var covered = new HashSet<String>();
    own.forEach(pod -> covered.add(pod.node()));
    for (var node : nodes) {
      if (node.exists() && !covered.contains(node.name()) && kind.perNode() > 0) {
        create(kind, node.name(), wall);
      }
    }
  }

  private void create(PodKind kind, String node, Instant wall) {
    int number = numbers.merge(kind.name(), 1, Integer::sum);
    var pod = PodObjects.pod(kind, kind.name() + "-" + number, node);
    cluster.create(ResourceType.PODS, NAMESPACE, pod, wall);
  }
}
