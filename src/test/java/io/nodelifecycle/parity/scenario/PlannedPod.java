package io.nodelifecycle.parity.scenario;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod that appears, bound to its node.
 *
 * @param isReady whether it runs and says that it is ready at once
 * @param body the whole object
 */
public record PlannedPod(
    String namespace, String name, String node, boolean isReady, ObjectNode body) {

  /** The pod as namespace/name. */
  public String key() {
    return namespace + "/" + name;
  }

  /** The pod but for its names, to see whether two pods are alike. */
  public JsonNode likeness() {
    var copy = body.deepCopy();
    copy.withObject("/metadata").remove("name");
    copy.withObject("/spec").remove("nodeName");
    return copy.put("ready", isReady);
  }
}
