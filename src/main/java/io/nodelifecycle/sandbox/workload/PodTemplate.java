package io.nodelifecycle.sandbox.workload;

import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod after which others are made.
 *
 * @param workload what it belongs to
 * @param pod the pod
 * @param tolerations what it tolerates, in this order
 */
record PodTemplate(Workload workload, StoredObject pod, List<Toleration> tolerations) {

  /** Takes a copy. */
  PodTemplate {
    tolerations = List.copyOf(tolerations);
  }

  /** A new pod of the same name. */
  ObjectNode namedAlike(String node) {
    var body = body(node);
    Json.child(body, "metadata").put("name", pod.name());
    return body;
  }

  /** A new pod whose name begins with that of its owner. */
  ObjectNode another(String node) {
    var body = body(node);
    var owner = Workload.owner(body).map(each -> Json.text(each, "name")).orElse(pod.name());
    Json.child(body, "metadata").put("generateName", owner + "-");
    return body;
  }

  private ObjectNode body(String node) {
    var tree = pod.tree();
    var body = Json.object();
    var metadata = Json.child(body, "metadata");
    for (var kept : List.of("labels", "annotations", "ownerReferences")) {
      Json.setOrRemove(metadata, kept, Json.at(tree, "metadata", kept));
    }
    var spec = Json.child(tree, "spec");
    spec.remove("nodeName");
    if (workload.replacement() == Workload.Replacement.ON_SAME_NODE) {
      // Names the node of the pod that it was made after.
      spec.remove("affinity");
    }
    if (!node.isEmpty()) {
      spec.put("nodeName", node);
    }
    body.set("spec", spec);
    return body;
  }
}
