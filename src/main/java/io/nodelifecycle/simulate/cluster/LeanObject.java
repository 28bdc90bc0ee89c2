package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.sandbox.resource.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes off an object what no simulation looks at and what would fill the memory: what a server
 * keeps for itself, volumes and environments of containers, images of nodes. Its uid and its times
 * stay.
 */
final class LeanObject {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private LeanObject() {}

  /** The same tree without that; what is no object is left as it is. */
  static JsonNode of(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      remove(object.path("metadata"), "managedFields", "resourceVersion", "selfLink", "generation");
      remove(Json.at(object, "metadata", "annotations"), LAST_APPLIED);
      strip(object.path("spec"));
      remove(
          object.path("status"),
          "images",
          "volumesInUse",
          "volumesAttached",
          "containerStatuses",
          "initContainerStatuses",
          "ephemeralContainerStatuses");
    }
    return tree;
  }

  private static void strip(JsonNode spec) {
    remove(spec, "volumes", "initContainers", "ephemeralContainers", "affinity");
    for (var container : spec.path("containers")) {
      if (container instanceof ObjectNode object) {
        object.retain("name", "image");
      }
    }
  }

  private static void remove(JsonNode tree, String... names) {
    if (tree instanceof ObjectNode object) {
      object.remove(List.of(names));
    }
  }
}
