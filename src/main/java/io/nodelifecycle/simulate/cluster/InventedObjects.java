package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeLabels;
import io.nodelifecycle.sandbox.kubelet.PodObjects;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.simulate.cluster.InventedCluster.Workload;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The API objects of a made-up cluster; all is well in it. */
final class InventedObjects {
  private static final String BEGIN = "2026-01-01T00:00:00Z";
  private static final String IMAGE = "simulated.invalid/pause:1.0";

  /** As generated names of Kubernetes have them: no vowels, no digits that look like letters. */
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private static final int SUFFIX = 5;
  private static final int HASH = 9;
  private static final List<String> PRESSURES =
      List.of(
          NodeCondition.MEMORY_PRESSURE, NodeCondition.DISK_PRESSURE, NodeCondition.PID_PRESSURE);

  private int podNumber;

  /** Objects whose generated names begin anew. */
  InventedObjects() {}

  static ObjectNode node(String name, String region, String zone) {
    var node = object("v1", "Node", "", name);
    Json.child(Json.child(node, "metadata"), "labels")
        .put("kubernetes.io/hostname", name)
        .put(NodeLabels.OS, "linux")
        .put(NodeLabels.ARCH, "amd64")
        .put(NodeLabels.REGION, region)
        .put(NodeLabels.ZONE, zone);
    Json.child(node, "spec");
    var conditions = Json.child(node, "status").putArray("conditions");
    PRESSURES.forEach(
        type -> condition(conditions.addObject(), type, "False").put("lastHeartbeatTime", BEGIN));
    condition(conditions.addObject(), NodeCondition.READY, "True").put("lastHeartbeatTime", BEGIN);
    return node;
  }

  static ObjectNode daemonSet(Workload workload) {
    var daemonSet = object("apps/v1", "DaemonSet", workload.namespace(), workload.name());
    var spec = Json.child(daemonSet, "spec");
    Json.child(Json.child(spec, "selector"), "matchLabels").put("app", workload.name());
    var template = Json.child(spec, "template");
    Json.child(Json.child(template, "metadata"), "labels").put("app", workload.name());
    container(Json.child(template, "spec"), workload.name());
    return daemonSet;
  }

  /**
   * A pod that runs.
   *
   * @param index which of its workload's pods, from 0
   */
  ObjectNode pod(Workload workload, int index, String node) {
    podNumber++;
    var hash = letters(workload.title().hashCode() & Integer.MAX_VALUE, HASH);
    var name =
        switch (workload.kind()) {
          case "StatefulSet" -> workload.name() + "-" + index;
          case "Deployment" -> workload.name() + "-" + hash + "-" + suffix();
          case "DaemonSet" -> workload.name() + "-" + suffix();
          default -> workload.name() + "-" + (index + 1);
        };
    var pod = object("v1", "Pod", workload.namespace(), name);
    var metadata = Json.child(pod, "metadata");
    var labels = Json.child(metadata, "labels").put("app", workload.name());
    switch (workload.kind()) {
      case "Deployment" -> {
        labels.put("pod-template-hash", hash);
        owner(metadata, "ReplicaSet", workload.name() + "-" + hash);
      }
      case "Pod" -> {}
      default -> owner(metadata, workload.kind(), workload.name());
    }
    var spec = Json.child(pod, "spec").put("nodeName", node);
    container(spec, workload.name());
    PodObjects.tolerations(spec, workload.tolerations());
    var status = Json.child(pod, "status").put("phase", "Running");
    var conditions = status.putArray("conditions");
    for (var type : List.of("PodScheduled", "Initialized", "ContainersReady", "Ready")) {
      condition(conditions.addObject(), type, "True");
    }
    return pod;
  }

  /** Another one for each pod, but not one after the other. */
  private String suffix() {
    long mixed = podNumber * 7_368_787L % 14_348_907L;
    return letters(mixed, SUFFIX);
  }

  private static String letters(long number, int count) {
    var text = new StringBuilder();
    long rest = number;
    for (int i = 0; i < count; i++) {
      text.append(LETTERS.charAt((int) (rest % LETTERS.length())));
      rest /= LETTERS.length();
    }
    return text.toString();
  }

  private static ObjectNode object(String version, String kind, String namespace, String name) {
    var object = Json.object().put("apiVersion", version).put("kind", kind);
    var metadata = Json.child(object, "metadata").put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    metadata.put("creationTimestamp", BEGIN);
    return object;
  }

  private static void owner(ObjectNode metadata, String kind, String name) {
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "apps/v1")
        .put("kind", kind)
        .put("name", name)
        .put("uid", kind + "-" + name)
        .put("controller", true);
  }

  private static void container(ObjectNode spec, String name) {
    spec.putArray("containers").addObject().put("name", name).put("image", IMAGE);
  }

  private static ObjectNode condition(ObjectNode condition, String type, String status) {
    return condition.put("type", type).put("status", status).put("lastTransitionTime", BEGIN);
  }
}
