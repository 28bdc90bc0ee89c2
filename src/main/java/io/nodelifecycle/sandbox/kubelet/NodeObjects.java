package io.nodelifecycle.sandbox.kubelet;

import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeLabels;
import io.nodelifecycle.sandbox.resource.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What kubelets write about their nodes. */
final class NodeObjects {
  static final String REGION = "sandbox";

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** The conditions that a kubelet posts and what they are on a healthy node. */
  private static final List<Healthy> CONDITIONS =
      List.of(
          new Healthy(
              NodeCondition.MEMORY_PRESSURE,
              "False",
              "KubeletHasSufficientMemory",
              "kubelet has sufficient memory available"),
          new Healthy(
              NodeCondition.DISK_PRESSURE,
              "False",
              "KubeletHasNoDiskPressure",
              "kubelet has no disk pressure"),
          new Healthy(
              NodeCondition.PID_PRESSURE,
              "False",
              "KubeletHasSufficientPID",
              "kubelet has sufficient PID available"),
          new Healthy(
              NodeCondition.READY, "True", "KubeletReady", "kubelet is posting ready status"));

  private record Healthy(String type, String status, String reason, String message) {}

  private NodeObjects() {}

  /** A node as it registers itself. */
  static ObjectNode node(String name, String zone) {
    var node = Json.object();
    var metadata = Json.child(node, "metadata");
    metadata.put("name", name);
    metadata
        .putObject("labels")
        .put("kubernetes.io/hostname", name)
        .put("kubernetes.io/os", "linux")
        .put("kubernetes.io/arch", "amd64")
        .put("beta.kubernetes.io/os", "linux")
        .put("beta.kubernetes.io/arch", "amd64")
        .put(NodeLabels.REGION, REGION)
        .put(NodeLabels.ZONE, zone);
    return node;
  }

  /** A heartbeat lease. */
  static ObjectNode lease(String node, Instant wall) {
    var lease = Json.object();
    Json.child(lease, "metadata").put("name", node);
    Json.child(lease, "spec")
        .put("holderIdentity", node)
        .put("leaseDurationSeconds", 40)
        .put("renewTime", MICROS.format(wall));
    return lease;
  }

  /** Renews a lease in place. */
  static ObjectNode renewed(ObjectNode lease, Instant wall) {
    Json.child(lease, "spec").put("renewTime", MICROS.format(wall));
    return lease;
  }

  /**
   * Writes a whole status into a node, as a kubelet does: its own conditions anew, those of others
   * kept.
   *
   * @param reported what differs from a healthy node, by condition type
   */
  static ObjectNode withStatus(
      ObjectNode node, String address, Map<String, String> reported, Instant wall) {
    var status = Json.child(node, "status");
    var before = status.path("conditions");
    var conditions = Json.object().putArray("conditions");
    for (var condition : before) {
      if (CONDITIONS.stream().noneMatch(own -> isOf(condition, own.type()))
          && !reported.containsKey(Json.text(condition, "type"))) {
        conditions.add(condition.deepCopy());
      }
    }
    for (var healthy : CONDITIONS) {
      add(conditions, healthy, reported, before, wall);
    }
    reported.forEach((type, value) -> {
      if (CONDITIONS.stream().noneMatch(own -> own.type().equals(type))) {
        var own = new Healthy(type, value, "SandboxStory", "as the story has it");
        add(conditions, own, Map.of(), before, wall);
      }
    });
    status.set("conditions", conditions);
    describe(status, Json.text(node, "metadata", "name"), address);
    return node;
  }

  private static void add(
      ArrayNode conditions,
      Healthy healthy,
      Map<String, String> reported,
      JsonNode before,
      Instant wall) {
    String value = reported.getOrDefault(healthy.type(), healthy.status());
    boolean isHealthy = value.equals(healthy.status());
    String transition = Json.time(wall);
    for (var old : before) {
      if (isOf(old, healthy.type()) && Json.text(old, "status").equals(value)) {
        transition = Json.text(old, "lastTransitionTime");
      }
    }
    conditions
        .addObject()
        .put("type", healthy.type())
        .put("status", value)
        .put("lastHeartbeatTime", Json.time(wall))
        .put("lastTransitionTime", transition)
        .put("reason", isHealthy ? healthy.reason() : "SandboxStory")
        .put("message", isHealthy ? healthy.message() : "as the story has it");
  }

  private static boolean isOf(JsonNode condition, String type) {
    return Json.text(condition, "type").equals(type);
  }

  private static void describe(ObjectNode status, String name, String address) {
    var addresses = status.putArray("addresses");
    addresses.addObject().put("type", "InternalIP").put("address", address);
    addresses.addObject().put("type", "Hostname").put("address", name);
    for (var amount : List.of("capacity", "allocatable")) {
      status
          .putObject(amount)
          .put("cpu", "4")
          .put("memory", "16Gi")
          .put("ephemeral-storage", "100Gi")
          .put("pods", "110");
    }
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
