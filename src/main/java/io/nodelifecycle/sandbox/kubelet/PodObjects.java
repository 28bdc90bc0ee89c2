package io.nodelifecycle.sandbox.kubelet;

import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.story.PodKind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is written about pods. */
public final class PodObjects {
  private static final String IMAGE = "sandbox.invalid/pause:1.0";

  /** What a kubelet says about a pod that runs, in this order. */
  private static final List<String> OWN_CONDITIONS =
      List.of("PodScheduled", "Initialized", "ContainersReady", "Ready");

  /** Why a container is not ready that nothing is wrong with. */
  private static final Set<String> STARTING = Set.of("ContainerCreating", "PodInitializing");

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
    tolerations(spec, kind.tolerations());
    return pod;
  }

  /** Lets a pod of this spec tolerate these; nothing is written where there are none. */
  public static void tolerations(ObjectNode spec, List<Toleration> tolerations) {
    if (!tolerations.isEmpty()) {
      var array = spec.putArray("tolerations");
      tolerations.forEach(each -> fill(array.addObject(), each));
    }
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

  /** Whether a pod of this phase has ended for good. */
  static boolean isOver(String phase) {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /**
   * Whether a pod is not ready for reasons of its own, which its machine does not take away: its
   * kubelet has said of a container that it is not ready, other than because it is just being
   * created, or a readiness gate is closed. A pod that somebody else marked as not ready is not
   * held back: then only the Ready condition says so.
   */
  static boolean isHeldBack(JsonNode pod) {
    var conditions = Json.at(pod, "status", "conditions");
    for (var gate : Json.at(pod, "spec", "readinessGates")) {
      if (!isTrue(conditions, Json.text(gate, "conditionType"))) {
        return true;
      }
    }
    if (isTrue(conditions, "ContainersReady")) {
      return false;
    }
    for (var container : Json.at(pod, "status", "containerStatuses")) {
      var waiting = Json.text(container, "state", "waiting", "reason");
      if (!container.path("ready").asBoolean(false) && !STARTING.contains(waiting)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTrue(JsonNode conditions, String type) {
    for (var condition : conditions) {
      if (Json.text(condition, "type").equals(type)) {
        return Json.text(condition, "status").equals("True");
      }
    }
    return false;
  }

  /** Writes into a pod that it runs; what is there already and says the same is kept. */
  static ObjectNode running(ObjectNode pod, String podAddress, String nodeAddress, Instant wall) {
    var status = Json.child(pod, "status");
    var before = status.path("conditions");
    boolean hasRun = isTrue(before, "ContainersReady") && status.has("containerStatuses");
    var time = Json.time(wall);
    var conditions = Json.object().putArray("conditions");
    for (var condition : before) {
      if (!OWN_CONDITIONS.contains(Json.text(condition, "type"))) {
        conditions.add(condition);
      }
    }
    for (var type : OWN_CONDITIONS) {
      conditions
          .addObject()
          .put("type", type)
          .put("status", "True")
          .put("lastTransitionTime", transition(before, type, time));
    }
    status.set("conditions", conditions);
    putIfEmpty(status.put("phase", "Running"), "hostIP", nodeAddress);
    putIfEmpty(status, "podIP", podAddress);
    putIfEmpty(status, "startTime", time);
    if (!hasRun) {
      runContainers(pod, status);
    }
    return pod;
  }

  private static void runContainers(ObjectNode pod, ObjectNode status) {
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
  }

  private static void putIfEmpty(ObjectNode object, String name, String value) {
    if (Json.text(object, name).isEmpty()) {
      object.put(name, value);
    }
  }

  private static String transition(JsonNode before, String type, String time) {
    for (var condition : before) {
      if (Json.text(condition, "type").equals(type)
          && Json.text(condition, "status").equals("True")) {
        return Json.text(condition, "lastTransitionTime");
      }
    }
    return time;
  }
}
