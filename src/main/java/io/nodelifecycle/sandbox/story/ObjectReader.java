package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeLabels;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.sandbox.resource.Json;
import java.util.ArrayList;
import java.util.HashMap;
import tools.jackson.databind.JsonNode;

/** Reads what the story sees out of API objects. */
public final class ObjectReader {
  private ObjectReader() {}

  /** What is seen of a node. */
  public static NodeState node(JsonNode node) {
    var labels = Json.at(node, "metadata", "labels");
    var taints = new ArrayList<Taint>();
    for (var taint : Json.at(node, "spec", "taints")) {
      taints.add(
          new Taint(
              Json.text(taint, "key"),
              Json.text(taint, "value"),
              Json.text(taint, "effect"),
              null));
    }
    var ready = ConditionStatus.ABSENT;
    var problems = new HashMap<String, String>();
    for (var condition : Json.at(node, "status", "conditions")) {
      var type = Json.text(condition, "type");
      var status = Json.text(condition, "status");
      if (type.equals(NodeCondition.READY)) {
        ready = ConditionStatus.of(status);
      } else if (status.equals("True")) {
        problems.put(type, status);
      }
    }
    return new NodeState(
        Json.text(node, "metadata", "name"),
        labels.path(NodeLabels.ZONE).asString(""),
        ready,
        problems,
        taints,
        Json.at(node, "spec", "unschedulable").asBoolean(false),
        true);
  }

  /** What is seen of a pod. */
  public static PodState pod(JsonNode pod) {
    var tolerations = new ArrayList<Toleration>();
    for (var toleration : Json.at(pod, "spec", "tolerations")) {
      var seconds = toleration.path("tolerationSeconds");
      tolerations.add(
          new Toleration(
              Json.text(toleration, "key"),
              Json.text(toleration, "operator"),
              Json.text(toleration, "value"),
              Json.text(toleration, "effect"),
              seconds.isNumber() ? seconds.asLong() : null));
    }
    return new PodState(
        Json.text(pod, "metadata", "namespace"),
        Json.text(pod, "metadata", "name"),
        Json.text(pod, "metadata", "uid"),
        Json.text(pod, "metadata", "labels", "app"),
        Json.text(pod, "spec", "nodeName"),
        isReady(pod),
        !Json.text(pod, "metadata", "deletionTimestamp").isEmpty(),
        true,
        tolerations);
  }

  private static boolean isReady(JsonNode pod) {
    for (var condition : Json.at(pod, "status", "conditions")) {
      if (Json.text(condition, "type").equals("Ready")) {
        return Json.text(condition, "status").equals("True");
      }
    }
    return false;
  }

  static EventNote event(JsonNode event) {
    var about = event.path("involvedObject");
    var name = Json.text(about, "name");
    boolean isNode = Json.text(about, "kind").equals("Node");
    return new EventNote(
        isNode ? name : Json.text(about, "uid"),
        name,
        Json.text(event, "reason"),
        Json.text(event, "message"));
  }
}
