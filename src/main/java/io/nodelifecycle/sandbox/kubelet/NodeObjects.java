package io.nodelifecycle.sandbox.kubelet;

import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeLabels;
import io.nodelifecycle.core.model.Zone;
import io.nodelifecycle.kubernetes.mapping.Timestamps;
import io.nodelifecycle.sandbox.resource.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What kubelets write about their nodes. */
final class NodeObjects {
  static final String REGION = "sandbox";

  private static final String STORY_REASON = "SandboxStory";
  private static final String STORY_MESSAGE = "as the story has it";

  /** The conditions that a kubelet posts and what they are on a healthy node, by type. */
  private static final SequencedMap<String, Said> CONDITIONS =
      byType(
          new Said(
              NodeCondition.MEMORY_PRESSURE,
              "False",
              "KubeletHasSufficientMemory",
              "kubelet has sufficient memory available"),
          new Said(
              NodeCondition.DISK_PRESSURE,
              "False",
              "KubeletHasNoDiskPressure",
              "kubelet has no disk pressure"),
          new Said(
              NodeCondition.PID_PRESSURE,
              "False",
              "KubeletHasSufficientPID",
              "kubelet has sufficient PID available"),
          new Said(NodeCondition.READY, "True", "KubeletReady", "kubelet is posting ready status"));

  private static SequencedMap<String, Said> byType(Said... conditions) {
    var byType = new LinkedHashMap<String, Said>();
    for (var condition : conditions) {
      byType.put(condition.type(), condition);
    }
    return Collections.unmodifiableSequencedMap(byType);
  }

  /** What a kubelet says about a condition. */
  private record Said(String type, String status, String reason, String message) {
    Said with(String value) {
      return value.equals(status) ? this : new Said(type, value, STORY_REASON, STORY_MESSAGE);
    }

    /**
     * The condition as it is written after another one: a status that was there before keeps its
     * transition time, and the reason that was given for it if this one knows none.
     */
    ObjectNode after(JsonNode before, String time) {
      var transition = time;
      var why = this;
      for (var old : before) {
        if (Json.text(old, "type").equals(type) && Json.text(old, "status").equals(status)) {
          var since = Json.text(old, "lastTransitionTime");
          transition = since.isEmpty() ? time : since;
          if (reason.equals(STORY_REASON)) {
            why = new Said(type, status, Json.text(old, "reason"), Json.text(old, "message"));
          }
        }
      }
      return Json.object()
          .put("type", type)
          .put("status", status)
          .put("lastHeartbeatTime", time)
          .put("lastTransitionTime", transition)
          .put("reason", why.reason)
          .put("message", why.message);
    }
  }

  private NodeObjects() {}

  /** A node as it registers itself. */
  static ObjectNode node(String name, Zone zone) {
    var node = Json.object();
    var metadata = Json.child(node, "metadata");
    metadata.put("name", name);
    var labels = metadata.putObject("labels");
    labels
        .put("kubernetes.io/hostname", name)
        .put("kubernetes.io/os", "linux")
        .put("kubernetes.io/arch", "amd64")
        .put("beta.kubernetes.io/os", "linux")
        .put("beta.kubernetes.io/arch", "amd64");
    if (!zone.region().isEmpty()) {
      labels.put(NodeLabels.REGION, zone.region());
    }
    if (!zone.zone().isEmpty()) {
      labels.put(NodeLabels.ZONE, zone.zone());
    }
    return node;
  }

  /** A heartbeat lease. */
  static ObjectNode lease(String node, Instant wall) {
    var lease = Json.object();
    Json.child(lease, "metadata").put("name", node);
    Json.child(lease, "spec")
        .put("holderIdentity", node)
        .put("leaseDurationSeconds", 40)
        .put("renewTime", Timestamps.formatMicros(wall));
    return lease;
  }

  /** The address of a node that is there; empty if it has none. */
  static String address(ObjectNode node) {
    for (var address : Json.at(node, "status", "addresses")) {
      if (Json.text(address, "type").equals("InternalIP")) {
        return Json.text(address, "address");
      }
    }
    return "";
  }

  /** What a node's kubelet last said that differs from a healthy node, by condition type. */
  static SortedMap<String, String> unhealthy(ObjectNode node) {
    var unhealthy = new TreeMap<String, String>();
    for (var condition : Json.at(node, "status", "conditions")) {
      var healthy = CONDITIONS.get(Json.text(condition, "type"));
      var status = Json.text(condition, "status");
      boolean isSaid = status.equals("True") || status.equals("False");
      if (healthy != null && isSaid && !status.equals(healthy.status())) {
        unhealthy.put(healthy.type(), status);
      }
    }
    return unhealthy;
  }

  /**
   * Writes a status into a node, as a kubelet does: its own conditions anew, those of others kept,
   * and what the node is where nothing is said about that yet.
   *
   * @param reported what differs from a healthy node, by condition type
   */
  static ObjectNode withStatus(
      ObjectNode node, String address, SortedMap<String, String> reported, Instant wall) {
    var status = Json.child(node, "status");
    var before = status.path("conditions");
    var conditions = Json.object().putArray("conditions");
    for (var condition : before) {
      var type = Json.text(condition, "type");
      if (!CONDITIONS.containsKey(type) && !reported.containsKey(type)) {
        conditions.add(condition);
      }
    }
    var time = Json.time(wall);
    for (var healthy : CONDITIONS.values()) {
      var said = healthy.with(reported.getOrDefault(healthy.type(), healthy.status()));
      conditions.add(said.after(before, time));
    }
    reported.forEach((type, value) -> {
      if (!CONDITIONS.containsKey(type)) {
        conditions.add(new Said(type, value, STORY_REASON, STORY_MESSAGE).after(before, time));
      }
    });
    status.set("conditions", conditions);
    describe(status, Json.text(node, "metadata", "name"), address);
    return node;
  }

  private static void describe(ObjectNode status, String name, String address) {
    if (!status.has("addresses")) {
      var addresses = status.putArray("addresses");
      addresses.addObject().put("type", "InternalIP").put("address", address);
      addresses.addObject().put("type", "Hostname").put("address", name);
    }
    for (var amount : List.of("capacity", "allocatable")) {
      if (!status.has(amount)) {
        status
            .putObject(amount)
            .put("cpu", "4")
            .put("memory", "16Gi")
            .put("ephemeral-storage", "100Gi")
            .put("pods", "110");
      }
    }
    if (!status.has("nodeInfo")) {
      status
          .putObject("nodeInfo")
          .put("machineID", name)
          .put("systemUUID", name)
          .put("bootID", name)
          .put("kernelVersion", "6.12.0-sandbox")
          .put("osImage", "Sandbox")
          .put("containerRuntimeVersion", "sandbox://1.0")
          .put("kubeletVersion", "v1.36.2")
          .put("kubeProxyVersion", "")
          .put("operatingSystem", "linux")
          .put("architecture", "amd64");
    }
  }
}
