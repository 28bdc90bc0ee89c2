package io.nodelifecycle.sandbox.truth;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.MarkDisruptionTarget;
import io.nodelifecycle.core.Action.MarkNodeLost;
import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.UnknownCondition;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import io.nodelifecycle.kubernetes.mapping.NodeMapper;
import io.nodelifecycle.kubernetes.mapping.SharedValues;
import io.nodelifecycle.sandbox.http.SentRequest;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ResourceType;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads from a request which of its writes a controller meant. */
final class WriteReading {
  private WriteReading() {}

  /**
   * The write that is asked for; empty if it is none that a controller ever sends.
   *
   * @param nodeName the node that the pod is bound to which the request is about, else empty
   */
  static Optional<Write> read(SentRequest request, String nodeName) {
    var call = request.call();
    if (call.isCollection() || !(tree(request.body()) instanceof ObjectNode body)) {
      return Optional.empty();
    }
    var kind = call.method() + " " + call.type().plural() + "/" + call.subresource();
    var isNode = call.type() == ResourceType.NODES;
    return switch (kind) {
      case "PATCH nodes/status", "PATCH nodes/" -> isNode ? node(request, body) : Optional.empty();
      case "PATCH pods/status" -> podStatus(key(request, metadata(body, "uid")), nodeName, body);
      case "DELETE pods/" -> {
        var uid = Json.text(body, "preconditions", "uid");
        yield Optional.of(new DeletePod(key(request, uid), nodeName, true, 0));
      }
      default -> Optional.empty();
    };
  }

  private static JsonNode tree(String body) {
    try {
      return body.isEmpty() ? Json.object() : Json.parse(body.getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException _) {
      return Json.object();
    }
  }

  private static String metadata(ObjectNode body, String field) {
    return Json.text(body, "metadata", field);
  }

  private static PodKey key(SentRequest request, String uid) {
    return new PodKey(request.call().namespace(), request.call().name(), uid);
  }

  private static Optional<Write> node(SentRequest request, ObjectNode body) {
    var key = new NodeKey(request.call().name(), metadata(body, "uid"));
    var version = metadata(body, "resourceVersion");
    if (request.call().subresource().equals("status")) {
      return unknownConditions(body)
          .map(conditions -> new PatchNodeStatus(key, version, conditions, 0));
    }
    var hasTaints = has(body.path("spec"), "taints") && !body.path("metadata").has("labels");
    if (hasTaints && has(body, "metadata", "spec")) {
      return Optional.of(new PatchNodeTaints(key, version, taints(body), List.of(), List.of(), 0));
    }
    return has(body, "metadata") && body.at("/metadata/labels") instanceof ObjectNode labels
        ? Optional.of(labels(key, labels))
        : Optional.empty();
  }

  /** Whether it has these fields and no others. */
  private static boolean has(JsonNode object, String... fields) {
    return new ArrayList<>(object.propertyNames()).size() == fields.length
        && Set.copyOf(object.propertyNames()).equals(Set.of(fields));
  }

  private static Optional<List<UnknownCondition>> unknownConditions(ObjectNode body) {
    var conditions = new ArrayList<UnknownCondition>();
    if (!has(body.path("status"), "conditions")) {
      return Optional.empty();
    }
    for (var condition : body.at("/status/conditions")) {
      if (!Json.text(condition, "status").equals("Unknown")) {
        return Optional.empty();
      }
      var posted = Json.text(condition, "lastHeartbeatTime");
      conditions.add(
          posted.isEmpty()
              ? new UnknownCondition(Json.text(condition, "type"), null)
              : new UnknownCondition(Json.text(condition, "type"), time(posted)));
    }
    return Optional.of(conditions);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException _) {
      return Instant.EPOCH;
    }
  }

  /** As they are read of a node that carries them. */
  private static List<Taint> taints(ObjectNode body) {
    var node = Json.object().put("kind", "Node").put("apiVersion", "v1");
    Json.child(node, "metadata")
        .put("name", "n")
        .put("uid", "u")
        .put("resourceVersion", "1")
        .put("creationTimestamp", "2000-01-01T00:00:00Z");
    Json.child(node, "spec").set("taints", body.at("/spec/taints"));
    try (var json = JsonCursor.over(Json.bytes(node))) {
      var mapper = new NodeMapper(json, new SharedValues(false));
      json.nextDocument();
      mapper.read();
      return mapper.node(Instant.EPOCH).map(each -> each.taints()).orElse(List.of());
    }
  }

  private static PatchNodeLabels labels(NodeKey key, ObjectNode labels) {
    var texts = new LinkedHashMap<String, String>();
    labels.forEachEntry((name, value) -> texts.put(name, value.asString("")));
    return new PatchNodeLabels(key, texts, 0);
  }

  private static Optional<Write> podStatus(PodKey key, String nodeName, ObjectNode body) {
    var version = metadata(body, "resourceVersion");
    var status = body.path("status");
    if (has(status, "reason", "message")) {
      return Json.text(status, "reason").equals(PodSnapshot.NODE_LOST)
          ? Optional.of(new MarkNodeLost(key, version, nodeName, 0))
          : Optional.empty();
    }
    var conditions = status.path("conditions");
    if (!has(status, "conditions") || conditions.size() != 1) {
      return Optional.empty();
    }
    var condition = conditions.get(0);
    return switch (Json.text(condition, "type") + "=" + Json.text(condition, "status")) {
      case "Ready=False" -> Optional.of(new MarkPodNotReady(key, version, 0));
      case "DisruptionTarget=True" ->
          Optional.of(new MarkDisruptionTarget(key, version, nodeName, 0));
      default -> Optional.empty();
    };
  }
}
