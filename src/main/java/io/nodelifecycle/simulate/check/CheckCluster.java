package io.nodelifecycle.simulate.check;

import io.nodelifecycle.sandbox.resource.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The cluster at the beginning of a run.
 *
 * @param nodes in the order in which they join
 * @param pods on them, as they are created
 * @param daemonSets as they are created
 */
record CheckCluster(List<Node> nodes, List<ObjectNode> pods, List<ObjectNode> daemonSets) {
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
  private static final String NOT_READY = "node.kubernetes.io/not-ready";
  private static final String HAND_SET = "example.com/repair";
  private static final String SECOND = "example.com/drain";

  /** A node and where it is. */
  record Node(String name, String zone, boolean isExcluded) {}

  /** A small cluster. */
  static CheckCluster draw(Draw draw) {
    List<Node> nodes = new ArrayList<>();
    var zones = draw.number(1, 3);
    for (var zone = 1; zone <= zones; zone++) {
      var size = draw.number(1, 6);
      for (var number = 1; number <= size; number++) {
        nodes.add(new Node("n" + zone + number, "z" + zone, draw.percent(4)));
      }
    }
    List<ObjectNode> pods = new ArrayList<>();
    for (var node : nodes) {
      var count = draw.number(0, 4);
      for (var i = 0; i < count; i++) {
        pods.add(pod("p" + pods.size(), node.name(), draw));
      }
      if (draw.percent(40)) {
        pods.add(ofDaemonSet("agent-" + node.name(), node.name()));
      }
    }
    return new CheckCluster(nodes, pods, List.of(daemonSet()));
  }

  /** A pod that is bound to a node. */
  static ObjectNode pod(String name, String node, Draw draw) {
    var pod = Json.object();
    var metadata = Json.child(pod, "metadata");
    metadata.put("name", name).put("namespace", "default");
    metadata.putObject("labels").put("app", draw.one("web", "db"));
    var spec = Json.child(pod, "spec");
    spec.put("nodeName", node).put("terminationGracePeriodSeconds", draw.one(0, 1, 30));
    spec.putArray("containers").addObject().put("name", "main").put("image", "example.com/main");
    var tolerations = spec.putArray("tolerations");
    switch (draw.number(0, 8)) {
      case 0, 1 -> {
        var seconds = draw.one(5, 30, 60);
        tolerations.add(toleration(NOT_READY, seconds));
        tolerations.add(toleration(UNREACHABLE, seconds));
      }
      case 2, 7 -> {
        tolerations.add(toleration(NOT_READY, draw.one(10, 40)));
        tolerations.add(toleration(UNREACHABLE, draw.one(20, 50)));
        tolerations.add(toleration(HAND_SET, draw.one(15, 7200)));
        tolerations.add(toleration(SECOND, draw.one(20, 7200)));
      }
      case 3 -> {
        // The first that matches counts, not the one with fewer seconds.
        tolerations.add(toleration(UNREACHABLE, 60));
        tolerations.add(toleration(UNREACHABLE, 10));
        tolerations.add(toleration(NOT_READY, -1));
      }
      case 4 -> tolerations.add(toleration(UNREACHABLE, draw.one(-1, 0, 30)));
      case 5 -> tolerations.add(Json.object().put("operator", "Exists"));
      case 6 -> {
        tolerations.add(
            toleration(HAND_SET, draw.one(-1, 120)).put("operator", "Equal").put("value", "disk"));
        tolerations.add(toleration(SECOND, draw.one(10, 100)));
      }
      default -> {}
    }
    if (draw.percent(3)) {
      metadata.putObject("annotations").put("kubernetes.io/config.mirror", "file");
    }
    return pod;
  }

  /** A toleration; for ever if the seconds are negative. */
  private static ObjectNode toleration(String key, int seconds) {
    var toleration =
        Json.object().put("key", key).put("operator", "Exists").put("effect", "NoExecute");
    return seconds < 0 ? toleration : toleration.put("tolerationSeconds", seconds);
  }

  private static ObjectNode ofDaemonSet(String name, String node) {
    var pod = Json.object();
    var metadata = Json.child(pod, "metadata");
    metadata.put("name", name).put("namespace", "default");
    metadata.putObject("labels").put("app", "agent");
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "apps/v1")
        .put("kind", "DaemonSet")
        .put("name", "agent")
        .put("uid", "00000000-0000-0000-0000-00000000da01")
        .put("controller", true);
    var spec = Json.child(pod, "spec");
    spec.put("nodeName", node);
    spec.putArray("containers").addObject().put("name", "main").put("image", "example.com/agent");
    spec.putArray("tolerations").addObject().put("operator", "Exists");
    return pod;
  }

  private static ObjectNode daemonSet() {
    var set = Json.object();
    Json.child(set, "metadata").put("name", "agent").put("namespace", "default");
    var spec = Json.child(set, "spec");
    Json.child(Json.child(spec, "selector"), "matchLabels").put("app", "agent");
    var template = Json.child(spec, "template");
    Json.child(Json.child(template, "metadata"), "labels").put("app", "agent");
    Json.child(template, "spec")
        .putArray("containers")
        .addObject()
        .put("name", "main")
        .put("image", "example.com/agent");
    return set;
  }
}
