package io.nodelifecycle.simulate.recording;

import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.simulate.cluster.ClusterNaming;
import io.nodelifecycle.simulate.engine.InitialCluster;
import io.nodelifecycle.simulate.engine.World;
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
    var dead = cluster.deadNodes();
    for (var node : cluster.nodes()) {
      var name = Json.text(node, "metadata", "name");
      world.kubelets().adopt(name, !dead.contains(name), now, wall);
    }
    world.settle();
    for (var node : cluster.nodes()) {
      var name = Json.text(node, "metadata", "name");
      recorder.machineChanged(name, dead.contains(name), now);
    }
  }

  private void restore(ResourceType type, ObjectNode object) {
    var _ = world.cluster().restore(type, object, world.time().wallClock());
    if (++restored % SETTLED_EVERY == 0) {
      world.settle();
    }
  }
}
