package io.nodelifecycle.sandbox.patch;

import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A change to an object, in one of the formats that the Kubernetes API accepts. */
public sealed interface Patch permits MergePatch, StrategicMergePatch, JsonPatch {

  /**
   * The object after the change; the argument is left as it is.
   *
   * @throws ApiFailure 422 if the change cannot be made to this object
   */
  ObjectNode applyTo(ObjectNode original);

  /**
   * Reads a patch.
   *
   * @param contentType the media type, without parameters
   * @throws ApiFailure 415 for an unknown type, 400 for a body that is none
   */
  static Patch parse(String contentType, byte[] body) {
    return switch (contentType) {
      case "application/merge-patch+json" -> new MergePatch(object(body));
      case "application/strategic-merge-patch+json" -> new StrategicMergePatch(object(body));
      case "application/json-patch+json" -> new JsonPatch(array(body));
      default -> throw ApiFailure.of(415, "UnsupportedMediaType", "415: Unsupported Media Type");
    };
  }

  private static ObjectNode object(byte[] body) {
    JsonNode tree = read(body);
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw ApiFailure.unprocessable("the patch must be a JSON object");
  }

  private static ArrayNode array(byte[] body) {
    JsonNode tree = read(body);
    if (tree instanceof ArrayNode array) {
      return array;
    }
    throw ApiFailure.badRequest("the patch must be a JSON array of operations");
  }

  private static JsonNode read(byte[] body) {
    try {
      return Json.parse(body);
    } catch (JacksonException e) {
      throw ApiFailure.badRequest("invalid JSON in patch: " + e.getOriginalMessage());
    }
  }
}
