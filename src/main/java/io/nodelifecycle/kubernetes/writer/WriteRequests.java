package io.nodelifecycle.kubernetes.writer;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.MarkDisruptionTarget;
import io.nodelifecycle.core.Action.MarkNodeLost;
import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.UnknownCondition;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.kubernetes.http.ApiPath;
import io.nodelifecycle.kubernetes.http.ApiRequest;
import io.nodelifecycle.kubernetes.http.JsonText;
import io.nodelifecycle.kubernetes.mapping.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Turns writes into requests. Conditions are merged by type, taints are replaced as a whole. */
final class WriteRequests {
  /** How long a write may take before it counts as failed. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private WriteRequests() {}

  /**
   * The request that carries a write out.
   *
   * @param wallClock the time that is stamped
   */
  static ApiRequest of(Write write, Instant wallClock) {
    return switch (write) {
      case PatchNodeStatus patch -> nodeStatus(patch, wallClock);
      case PatchNodeTaints patch -> nodeTaints(patch, wallClock);
      case PatchNodeLabels patch -> nodeLabels(patch);
      case MarkPodNotReady mark -> podNotReady(mark, wallClock);
      case MarkDisruptionTarget mark -> disruptionTarget(mark, wallClock);
      case MarkNodeLost mark -> nodeLost(mark);
      case DeletePod delete -> deletion(delete);
    };
  }

  /** What a ServiceAccount must be allowed to do for it, as RBAC rules name it. */
  static String permission(Write write) {
    return switch (write) {
      case PatchNodeStatus _ -> "verb patch on resource nodes/status";
      case PatchNodeTaints _, PatchNodeLabels _ -> "verb patch on resource nodes";
      case MarkPodNotReady _, MarkDisruptionTarget _, MarkNodeLost _ ->
          "verb patch on resource pods/status";
      case DeletePod _ -> "verb delete on resource pods";
    };
  }

  private static ApiRequest nodeStatus(PatchNodeStatus patch, Instant wallClock) {
    var body =
        JsonText.object(json -> {
          metadata(json, patch.node().uid(), patch.resourceVersion());
          json.writeObjectPropertyStart("status");
          json.writeArrayPropertyStart("conditions");
          for (var condition : patch.conditions()) {
            unknown(json, condition, wallClock);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
    return patch(
        ApiRequest.STRATEGIC_MERGE_PATCH, ApiPath.node(patch.node().name()) + "/status", body);
  }

  private static void unknown(JsonGenerator json, UnknownCondition condition, Instant wallClock) {
    var heartbeat = condition.neverPosted();
    json.writeStartObject();
    json.writeStringProperty("type", condition.type());
    json.writeStringProperty("status", "Unknown");
    if (heartbeat == null) {
      json.writeStringProperty("reason", "NodeStatusUnknown");
      json.writeStringProperty("message", "Kubelet stopped posting node status.");
    } else {
      json.writeStringProperty("reason", "NodeStatusNeverUpdated");
      json.writeStringProperty("message", "Kubelet never posted node status.");
      json.writeStringProperty("lastHeartbeatTime", Timestamps.format(heartbeat));
    }
    json.writeStringProperty("lastTransitionTime", Timestamps.format(wallClock));
    json.writeEndObject();
  }

  private static ApiRequest nodeTaints(PatchNodeTaints patch, Instant wallClock) {
    var body =
        JsonText.object(json -> {
          metadata(json, patch.node().uid(), patch.resourceVersion());
          json.writeObjectPropertyStart("spec");
          json.writeArrayPropertyStart("taints");
          for (var taint : patch.taints()) {
            var isNew = patch.added().stream().anyMatch(taint::isSameAs);
            taint(json, taint, isNew ? wallClock : taint.timeAdded());
          }
          json.writeEndArray();
          json.writeEndObject();
        });
    return patch(ApiRequest.MERGE_PATCH, ApiPath.node(patch.node().name()), body);
  }

  private static void taint(JsonGenerator json, Taint taint, @Nullable Instant timeAdded) {
    json.writeStartObject();
    json.writeStringProperty("key", taint.key());
    if (!taint.value().isEmpty()) {
      json.writeStringProperty("value", taint.value());
    }
    json.writeStringProperty("effect", taint.effect());
    if (timeAdded != null) {
      json.writeStringProperty("timeAdded", Timestamps.format(timeAdded));
    }
    json.writeEndObject();
  }

  private static ApiRequest nodeLabels(PatchNodeLabels patch) {
    var body =
        JsonText.object(json -> {
          json.writeObjectPropertyStart("metadata");
          json.writeStringProperty("uid", patch.node().uid());
          json.writeObjectPropertyStart("labels");
          patch.labels().forEach(json::writeStringProperty);
          json.writeEndObject();
          json.writeEndObject();
        });
    return patch(ApiRequest.MERGE_PATCH, ApiPath.node(patch.node().name()), body);
  }

  private static ApiRequest podNotReady(MarkPodNotReady mark, Instant wallClock) {
    return podCondition(
        mark.pod(),
        mark.resourceVersion(),
        json -> {
          json.writeStringProperty("type", "Ready");
          json.writeStringProperty("status", "False");
          json.writeStringProperty("lastTransitionTime", Timestamps.format(wallClock));
        });
  }

  private static ApiRequest disruptionTarget(MarkDisruptionTarget mark, Instant wallClock) {
    return podCondition(
        mark.pod(),
        mark.resourceVersion(),
        json -> {
          json.writeStringProperty("type", "DisruptionTarget");
          json.writeStringProperty("status", "True");
          json.writeStringProperty("reason", "DeletionByTaintManager");
          json.writeStringProperty("message", "Taint manager: deleting due to NoExecute taint");
          json.writeStringProperty("lastTransitionTime", Timestamps.format(wallClock));
        });
  }

  private static ApiRequest podCondition(
      PodKey pod, String resourceVersion, Consumer<JsonGenerator> condition) {
    var body =
        JsonText.object(json -> {
          metadata(json, pod.uid(), resourceVersion);
          json.writeObjectPropertyStart("status");
          json.writeArrayPropertyStart("conditions");
          json.writeStartObject();
          condition.accept(json);
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
    return patch(ApiRequest.STRATEGIC_MERGE_PATCH, ApiPath.pod(pod) + "/status", body);
  }

  private static ApiRequest nodeLost(MarkNodeLost mark) {
    var body =
        JsonText.object(json -> {
          metadata(json, mark.pod().uid(), mark.resourceVersion());
          json.writeObjectPropertyStart("status");
          json.writeStringProperty("reason", PodSnapshot.NODE_LOST);
          json.writeStringProperty(
              "message",
              "Node %s which was running pod %s is unresponsive"
                  .formatted(mark.nodeName(), mark.pod().name()));
          json.writeEndObject();
        });
    return patch(ApiRequest.STRATEGIC_MERGE_PATCH, ApiPath.pod(mark.pod()) + "/status", body);
  }

  /** Without gracePeriodSeconds: the pod's own grace period counts. */
  private static ApiRequest deletion(DeletePod delete) {
    var body =
        JsonText.object(json -> {
          json.writeStringProperty("kind", "DeleteOptions");
          json.writeStringProperty("apiVersion", "v1");
          json.writeObjectPropertyStart("preconditions");
          json.writeStringProperty("uid", delete.pod().uid());
          json.writeEndObject();
        });
    return new ApiRequest("DELETE", ApiPath.pod(delete.pod()), ApiRequest.JSON, body, TIMEOUT);
  }

  private static void metadata(JsonGenerator json, String uid, String resourceVersion) {
    json.writeObjectPropertyStart("metadata");
    json.writeStringProperty("uid", uid);
    json.writeStringProperty("resourceVersion", resourceVersion);
    json.writeEndObject();
  }

  private static ApiRequest patch(String contentType, String path, String body) {
    return new ApiRequest("PATCH", path, contentType, body, TIMEOUT);
  }
}
