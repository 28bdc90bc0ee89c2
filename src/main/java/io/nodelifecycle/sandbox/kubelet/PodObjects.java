package io.nodelifecycle.sandbox.kubelet;

import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.story.PodKind;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is written about pods. */
final class PodObjects {
  private static final String IMAGE = "sandbox.invalid/pause:1.0";

  private PodObjects() {}

  /** A new pod of a kind, bound to a node. */
  static ObjectNode pod(PodKind kind, String name, String node) {
    var pod = Json.object();
    var metadata = Json.child(pod, "metadata");
    metadata.put("name", name);
    metadata.putObject("labels").put("app", kind.name());
    var spec = Json.child(pod, "spec");
    spec.put("nodeName", node);
    spec.putArray("containers").addObject().put("name", kind.name()).put("image", IMAGE);
    if (!kind.tolerations().isEmpty()) {
      var tolerations = spec.putArray("tolerations");
      kind.tolerations().forEach(each -> fill(tolerations.addObject(), each));
    }
    return pod;
  }

  private static void fill(ObjectNode object, Toleration toleration) {
    put(object, "key", toleration.key());
    put(object, "operator", toleration.operator());
    put(object, "value", toleration.value());
    put(object, "effect", toleration.effect());
    if (toleration.tolerationSeconds() != null) {
      object.put("tolerationSeconds", toleration.tolerationSeconds());
    }
  }

  private static void put(ObjectNode object, String name, String value) {
    if (!value.isEmpty()) {
      object.put(name, value);
    }
  }

  /** Whether its Ready condition is True. */
  static boolean isReady(JsonNode pod) {
    return StreamSupport.stream(Json.at(pod, "status", "conditions").spliterator(), false)
        .anyMatch(condition ->
            Json.text(condition, "type").equals("Ready")
                && Json.text(condition, "status").equals("True"));
  }

  /** Writes into a pod that it runs; the conditions of others are kept. */
  static ObjectNode running(ObjectNode pod, String podAddress, String nodeAddress, Instant wall) {
    var status = Json.child(pod, "status");
    var conditions = Json.object().putArray("conditions");
    var own = List.of("PodScheduled", "Initialized", "ContainersReady", "Ready");
    var before = status.path("conditions");
    for (var condition : before) {
      if (!own.contains(Json.text(condition, "type"))) {
        conditions.add(condition.deepCopy());
      }
    }
    for (var type : own) {
      conditions
          .addObject()
          .put("type", type)
          .put("status", "True")
          .put("lastTransitionTime", transition(before, type, wall));
    }
    status.set("conditions", conditions);
    var started = Json.text(status, "startTime");
    status
        .put("phase", "Running")
        .put("hostIP", nodeAddress)
        .put("podIP", podAddress)
        .put("startTime", started.isEmpty() ? Json.time(wall) : started);
    var statuses = status.putArray("containerStatuses");
    for (var container : Json.at(pod, "spec", "containers")) {
      var name = Json.text(container, "name");
      statuses
          .addObject()
          .put("name", name)
          .put("image", Json.text(container, "image"))
          .put("imageID", "sandbox://" + name)
          .put("containerID", "sandbox://" + Json.text(pod, "metadata", "uid"))
          .put("ready", true)
          .put("started", true)
          .put("restartCount", 0)
          .putObject("state")
          .putObject("running")
          .put("startedAt", Json.text(status, "startTime"));
    }
    return pod;
  }

  private static String transition(JsonNode before, String type, Instant wall) {
    for (var condition : before) {
      if (Json.text(condition, "type").equals(type)
          && Json.text(condition, "status").equals("True")) {
        return Json.text(condition, "lastTransitionTime");
      }
    }
    return Json.time(wall);
  }
}
