package io.nodelifecycle.sandbox.patch;

import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.Json;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON patch (RFC 6902): a list of operations, all of which are carried out, or none.
 *
 * @param operations the operations, in order
 */
public record JsonPatch(ArrayNode operations) implements Patch {
  private static final int OPERATIONS_MAX = 10_000;

  @Override
  public ObjectNode applyTo(ObjectNode original) {
    if (operations.size() > OPERATIONS_MAX) {
      throw ApiFailure.of(
          413, "RequestEntityTooLarge", "a JSON patch has at most 10000 operations");
    }
    JsonNode document = original.deepCopy();
    for (JsonNode operation : operations) {
      document = apply(document, operation);
    }
    if (document instanceof ObjectNode object) {
      return object;
    }
    throw refused();
  }

  private static JsonNode apply(JsonNode document, JsonNode operation) {
    JsonPointer path = pointer(operation, "path");
    return switch (Json.text(operation, "op")) {
      case "add" -> add(document, path, value(operation));
      case "remove" -> {
        remove(document, path);
        yield document;
      }
      case "replace" -> replace(document, path, value(operation));
      case "move" -> {
        JsonNode moved = remove(document, pointer(operation, "from"));
        yield add(document, path, moved);
      }
      case "copy" -> add(document, path, existing(document, pointer(operation, "from")).deepCopy());
      case "test" -> {
        JsonNode found = document.at(path);
        JsonNode wanted = operation.path("value");
        boolean bothAbsent = isAbsent(found) && isAbsent(wanted);
        if (!bothAbsent && !found.equals(wanted)) {
          throw refused();
        }
        yield document;
      }
      default -> throw refused();
    };
  }

  private static JsonNode add(JsonNode document, JsonPointer path, JsonNode value) {
    if (path.matches()) {
      return value;
    }
    JsonNode parent = existing(document, path.head());
    String name = path.last().getMatchingProperty();
    if (parent instanceof ObjectNode object) {
      object.set(name, value);
    } else if (parent instanceof ArrayNode array) {
      int index = name.equals("-") ? array.size() : index(name, array.size());
      array.insert(index, value);
    } else {
      throw refused();
    }
    return document;
  }

  private static JsonNode replace(JsonNode document, JsonPointer path, JsonNode value) {
    existing(document, path);
    if (path.matches()) {
      return value;
    }
    String name = path.last().getMatchingProperty();
    switch (existing(document, path.head())) {
      case ObjectNode object -> object.set(name, value);
      case ArrayNode array -> array.set(index(name, array.size() - 1), value);
      default -> throw refused();
    }
    return document;
  }

  private static JsonNode remove(JsonNode document, JsonPointer path) {
    JsonNode removed = existing(document, path);
    if (path.matches()) {
      throw refused();
    }
    String name = path.last().getMatchingProperty();
    switch (existing(document, path.head())) {
      case ObjectNode object -> object.remove(name);
      case ArrayNode array -> array.remove(index(name, array.size() - 1));
      default -> throw refused();
    }
    return removed;
  }

  private static JsonNode existing(JsonNode document, JsonPointer path) {
    JsonNode node = document.at(path);
    if (node.isMissingNode()) {
      throw refused();
    }
    return node;
  }

  private static int index(String text, int max) {
    if (!text.matches("0|[1-9][0-9]{0,8}") || Integer.parseInt(text) > max) {
      throw refused();
    }
    return Integer.parseInt(text);
  }

  private static JsonPointer pointer(JsonNode operation, String property) {
    JsonNode path = operation.path(property);
    if (!path.isString()) {
      throw refused();
    }
    try {
      return JsonPointer.compile(path.asString());
    } catch (IllegalArgumentException e) {
      throw refused();
    }
  }

  private static JsonNode value(JsonNode operation) {
    JsonNode value = operation.path("value");
    if (value.isMissingNode()) {
      throw refused();
    }
    return value.deepCopy();
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static ApiFailure refused() {
    return ApiFailure.unprocessable(
        "the server rejected our request due to an error in our request");
  }
}
