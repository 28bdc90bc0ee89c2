package io.nodelifecycle.sandbox.cluster;

import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the API server fills in where a client left it out, and what it does not keep. */
final class Defaults {
  private static final Set<String> STRING_MAPS =
      Set.of("labels", "annotations", "nodeSelector", "matchLabels");

  private Defaults() {}

  /** Completes a new object. */
  static void onCreate(ResourceType type, ObjectNode tree) {
    switch (type) {
      case NODES -> addNotReadyTaint(Json.child(tree, "spec"));
      case PODS -> {
        ObjectNode status = Json.object().put("phase", "Pending");
        tree.set("status", status);
      }
      case NAMESPACES -> {
        Json.child(tree, "spec").putArray("finalizers").add("kubernetes");
        tree.set("status", Json.object().put("phase", "Active"));
      }
      case DAEMONSETS -> {
        Json.child(tree, "metadata").put("generation", 1);
        tree.set("status", noPods());
      }
      case EVENTS, LEASES -> {}
    }
    onWrite(type, tree);
  }

  /** Completes what any write may have left out. */
  static void onWrite(ResourceType type, ObjectNode tree) {
    inOrder(type, tree);
    prune(tree);
    switch (type) {
      case PODS -> podSpec(Json.child(tree, "spec"));
      case DAEMONSETS -> {
        ObjectNode spec = Json.child(tree, "spec");
        podSpec(Json.child(Json.child(spec, "template"), "spec"));
        if (!spec.has("updateStrategy")) {
          ObjectNode strategy = spec.putObject("updateStrategy").put("type", "RollingUpdate");
          strategy.putObject("rollingUpdate").put("maxUnavailable", 1);
        }
      }
      case NODES, NAMESPACES, EVENTS, LEASES -> {}
    }
  }

  /** Brings the properties of the root into the order in which people expect them. */
  private static void inOrder(ResourceType type, ObjectNode tree) {
    ObjectNode parts = Json.object().setAll(tree);
    tree.removeAll();
    tree.put("kind", type.kind()).put("apiVersion", type.group().apiVersion());
    for (String part : List.of("metadata", "spec", "status")) {
      Json.setOrRemove(tree, part, parts.path(part));
    }
    parts.remove(List.of("kind", "apiVersion", "metadata", "spec", "status"));
    tree.setAll(parts);
  }

  /** The admission that keeps pods off a node until it was once seen to be ready. */
  private static void addNotReadyTaint(ObjectNode spec) {
    ArrayNode taints = spec.get("taints") instanceof ArrayNode a ? a : spec.putArray("taints");
    for (JsonNode taint : taints) {
      if (Json.text(taint, "key").equals("node.kubernetes.io/not-ready")
          && Json.text(taint, "effect").equals("NoSchedule")) {
        return;
      }
    }
    taints.addObject().put("key", "node.kubernetes.io/not-ready").put("effect", "NoSchedule");
  }

  private static ObjectNode noPods() {
    return Json.object()
        .put("currentNumberScheduled", 0)
        .put("numberMisscheduled", 0)
        .put("desiredNumberScheduled", 0)
        .put("numberReady", 0);
  }

  private static void podSpec(ObjectNode spec) {
    putIfAbsent(spec, "restartPolicy", "Always");
    if (!spec.has("terminationGracePeriodSeconds")) {
      spec.put("terminationGracePeriodSeconds", 30);
    }
    putIfAbsent(spec, "dnsPolicy", "ClusterFirst");
    putIfAbsent(spec, "schedulerName", "default-scheduler");
    for (JsonNode container : spec.path("containers")) {
      if (container instanceof ObjectNode object) {
        String image = object.path("image").asString("");
        int tag = image.lastIndexOf(':');
        boolean moving = tag <= image.lastIndexOf('/') || image.endsWith(":latest");
        putIfAbsent(object, "imagePullPolicy", moving ? "Always" : "IfNotPresent");
        for (JsonNode port : object.path("ports")) {
          if (port instanceof ObjectNode p) {
            putIfAbsent(p, "protocol", "TCP");
          }
        }
      }
    }
  }

  private static void putIfAbsent(ObjectNode object, String name, String value) {
    if (!object.has(name)) {
      object.put(name, value);
    }
  }

  /** Takes away what an API object does not carry: nulls, empty lists, empty string maps. */
  private static void prune(ObjectNode object) {
    List<String> gone = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      JsonNode value = property.getValue();
      boolean empty = value.isEmpty();
      if (value.isNull()
          || (value.isArray() && empty)
          || (value.isObject() && empty && STRING_MAPS.contains(property.getKey()))) {
        gone.add(property.getKey());
      } else {
        pruneWithin(value);
      }
    }
    object.remove(gone);
  }

  private static void pruneWithin(JsonNode value) {
    switch (value) {
      case ObjectNode object -> prune(object);
      case ArrayNode array -> array.forEach(Defaults::pruneWithin);
      default -> {}
    }
  }
}
