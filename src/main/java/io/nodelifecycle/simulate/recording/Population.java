package io.nodelifecycle.simulate.recording;

import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.simulate.cluster.ClusterNaming;
import io.nodelifecycle.simulate.engine.InitialCluster;
import io.nodelifecycle.simulate.engine.World;
import java.util.stream.StreamSupport;
import tools.jackson.databind.node.ObjectNode;

/** Puts a cluster into a world: its objects as they are, and a machine for each node. */
final class Population {
  /** Watches must not lose their place in what the cluster keeps of its history. */
  private static final int SETTLED_EVERY = 1_000;

  private final World world;
  private final Recorder recorder;
  private int restored;

  Population(World world, Recorder recorder) {
    this.world = world;
    this.recorder = recorder;
  }

  void settle(InitialCluster cluster) {
    var now = world.time().now();
    var wall = world.time().wallClock();
    recorder.zones().learn(cluster.nodes().stream().map(ClusterNaming::zone).toList());
    for (var node : cluster.nodes()) {
      restore(ResourceType.NODES, node);
    }
    cluster.daemonSets().forEach(set -> restore(ResourceType.DAEMONSETS, set));
    cluster.pods().forEach(pod -> restore(ResourceType.PODS, pod));
    for (var node : cluster.nodes()) {
      var name = Json.text(node, "metadata", "name");
      world.kubelets().adopt(name, isAlive(node), now, wall);
    }
    world.settle();
    for (var node : cluster.nodes()) {
      recorder.machineChanged(Json.text(node, "metadata", "name"), !isAlive(node), now);
    }
  }

  private void restore(ResourceType type, ObjectNode object) {
    var _ = world.cluster().restore(type, object, world.time().wallClock());
    if (++restored % SETTLED_EVERY == 0) {
      world.settle();
    }
  }

  /** A kubelet that says it is not ready lives; one of which nothing is heard does not. */
  private static boolean isAlive(ObjectNode node) {
    return StreamSupport.stream(Json.at(node, "status", "conditions").spliterator(), false)
        .filter(condition -> Json.text(condition, "type").equals("Ready"))
        .noneMatch(condition -> Json.text(condition, "status").equals("Unknown"));
  }
}
