package io.nodelifecycle.simulate.check;

import io.nodelifecycle.core.model.NodeLabels;
import io.nodelifecycle.sandbox.cluster.DeleteOptions;
import io.nodelifecycle.sandbox.cluster.ListQuery;
import io.nodelifecycle.sandbox.cluster.PageRequest;
import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import io.nodelifecycle.simulate.engine.World;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** People who change nodes and pods by hand. What is not there, or not possible, is left. */
final class Users {
  private final World world;
  private int created;

  Users(World world) {
    this.world = world;
  }

  void taint(String node, String key, String value, String effect) {
    change(
        node,
        tree -> {
          var spec = Json.child(tree, "spec");
          remove(spec, key, effect);
          var taints = spec.withArray("/taints");
          var taint = taints.addObject().put("key", key).put("effect", effect);
          if (!value.isEmpty()) {
            taint.put("value", value);
          }
        });
  }

  /** Takes a taint off, whoever put it on. */
  void untaint(String node, String key, String effect) {
    change(node, tree -> remove(Json.child(tree, "spec"), key, effect));
  }

  private static void remove(ObjectNode spec, String key, String effect) {
    var kept = Json.object().putArray("taints");
    for (var taint : spec.path("taints")) {
      if (!Json.text(taint, "key").equals(key) || !Json.text(taint, "effect").equals(effect)) {
        kept.add(taint.deepCopy());
      }
    }
    spec.set("taints", kept);
  }

  void cordon(String node, boolean isOn) {
    change(node, tree -> Json.child(tree, "spec").put("unschedulable", isOn));
  }

  /** Sets a label, or removes it where the value is empty. */
  void label(String node, String key, String value) {
    change(
        node,
        tree -> {
          var labels = Json.child(Json.child(tree, "metadata"), "labels");
          if (value.isEmpty()) {
            labels.remove(key);
          } else {
            labels.put(key, value);
          }
        });
  }

  /** Moves a node to another zone. */
  void move(String node, String zone) {
    label(node, NodeLabels.ZONE, zone);
  }

  private void change(String node, Consumer<ObjectNode> change) {
    quietly(() -> {
      var _ =
          world
              .cluster()
              .modify(
                  ObjectRef.node(node),
                  Part.MAIN,
                  tree -> {
                    change.accept(tree);
                    return tree;
                  },
                  world.time().wallClock());
    });
  }

  /** Deletes the pods of a node, or only the first of them. */
  void deletePods(String node, boolean isAll, boolean isForced) {
    var options = isForced ? DeleteOptions.NOW : DeleteOptions.GRACEFUL;
    var pods = podsOn(node);
    for (var pod : isAll ? pods : pods.stream().limit(1).toList()) {
      quietly(() -> {
        var _ = world.cluster().delete(pod.ref(), options, world.time().wallClock());
      });
    }
  }

  private List<StoredObject> podsOn(String node) {
    return world.cluster().list(ListQuery.all(ResourceType.PODS), PageRequest.ALL).items().stream()
        .filter(pod -> pod.nodeName().equals(node))
        .toList();
  }

  /** Deletes all pods of a node at once and creates others of the same names there. */
  void recreatePods(String node, Draw draw) {
    for (var old : podsOn(node)) {
      quietly(() -> {
        var _ = world.cluster().delete(old.ref(), DeleteOptions.NOW, world.time().wallClock());
      });
      create(CheckCluster.pod(old.name(), node, draw));
    }
  }

  /** A new pod lands on a node. */
  void addPod(String node, Draw draw) {
    create(CheckCluster.pod("late" + created++, node, draw));
  }

  private void create(ObjectNode pod) {
    quietly(() -> {
      var _ = world.cluster().create(ResourceType.PODS, "default", pod, world.time().wallClock());
    });
  }

  /** The first pod of a node tolerates something more from now on. */
  void tolerate(String node, String key, int seconds) {
    podsOn(node).stream()
        .findFirst()
        .ifPresent(pod ->
            quietly(() -> {
              var _ =
                  world
                      .cluster()
                      .modify(
                          pod.ref(),
                          Part.MAIN,
                          tree -> {
                            Json.child(tree, "spec")
                                .withArray("/tolerations")
                                .addObject()
                                .put("key", key)
                                .put("operator", "Exists")
                                .put("effect", "NoExecute")
                                .put("tolerationSeconds", seconds);
                            return tree;
                          },
                          world.time().wallClock());
            }));
  }

  /** The node object is deleted; its machine, if it lives, knows nothing of it. */
  void removeNode(String node) {
    quietly(() -> world.kubelets().remove(node, world.time().wallClock()));
  }

  /** A node object without a machine: nothing ever reports its status. */
  void register(String node, String zone) {
    var tree = Json.object();
    var metadata = Json.child(tree, "metadata").put("name", node);
    metadata.putObject("labels").put(NodeLabels.ZONE, zone);
    quietly(() -> {
      var _ = world.cluster().create(ResourceType.NODES, "", tree, world.time().wallClock());
    });
  }

  void join(String node, String zone) {
    quietly(() -> world.kubelets().join(node, zone, world.time().now(), world.time().wallClock()));
  }

  /** People get an error and go away. */
  private void quietly(Runnable change) {
    if (world.weather().isDown()) {
      return;
    }
    try {
      change.run();
    } catch (ApiFailure refused) {
      if (refused.code() >= 500) {
        throw refused;
      }
    }
  }
}
