package io.nodelifecycle.testing;

import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What tests read of API objects. */
public final class ApiFields {
  private ApiFields() {}

  /** The status of an object's condition; empty if it has none. */
  public static String condition(JsonNode object, String type) {
    return StreamSupport.stream(object.at("/status/conditions").spliterator(), false)
        .filter(condition -> condition.path("type").asString().equals(type))
        .map(condition -> condition.path("status").asString())
        .findFirst()
        .orElse("");
  }

  /** A node's taints as key:effect. */
  public static List<String> taints(JsonNode node) {
    return StreamSupport.stream(node.at("/spec/taints").spliterator(), false)
        .map(taint -> taint.path("key").asString() + ":" + taint.path("effect").asString())
        .toList();
  }
}
