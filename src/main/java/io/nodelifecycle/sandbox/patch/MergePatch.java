package io.nodelifecycle.sandbox.patch;

import io.nodelifecycle.sandbox.resource.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON merge patch (RFC 7386): objects are merged, null takes a property away, everything else
 * replaces.
 *
 * @param content the patch
 */
public record MergePatch(ObjectNode content) implements Patch {

  @Override
  public ObjectNode applyTo(ObjectNode original) {
    return merge(original.deepCopy(), content);
  }

  private static ObjectNode merge(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> change : patch.properties()) {
      String name = change.getKey();
      JsonNode value = change.getValue();
      if (value.isNull()) {
        target.remove(name);
      } else if (value instanceof ObjectNode nested) {
        ObjectNode inner = target.get(name) instanceof ObjectNode found ? found : Json.object();
        target.set(name, merge(inner, nested));
      } else {
        target.set(name, value.deepCopy());
      }
    }
    return target;
  }
}
