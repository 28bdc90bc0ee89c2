package io.nodelifecycle.sandbox.resource;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reading and writing of JSON trees. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(500).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /**
   * Reads one JSON value.
   *
   * @throws JacksonException if the bytes are anything else
   */
  public static JsonNode parse(byte[] json) {
    return MAPPER.readTree(json);
  }

  /**
   * Reads a JSON object from text.
   *
   * @throws JacksonException if the text is no JSON
   * @throws ClassCastException if it is no object
   */
  public static ObjectNode object(String json) {
    return (ObjectNode) MAPPER.readTree(json);
  }

  /** A new empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The UTF-8 form of a tree. */
  public static byte[] bytes(JsonNode tree) {
    return MAPPER.writeValueAsBytes(tree);
  }

  /** The string at a path of property names; empty if there is none. */
  public static String text(JsonNode tree, String... path) {
    return at(tree, path).asString("");
  }

  /** The node at a path of property names; a missing node if there is none. */
  public static JsonNode at(JsonNode tree, String... path) {
    JsonNode node = tree;
    for (String name : path) {
      node = node.path(name);
    }
    return node;
  }

  /** The object under a property, made there if it is missing or no object. */
  public static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode found ? found : parent.putObject(name);
  }

  /** Gives a property this value, or takes it away if the value is missing or null. */
  public static void setOrRemove(ObjectNode parent, String name, JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      parent.remove(name);
    } else {
      parent.set(name, value);
    }
  }

  /** An instant as API objects carry it: UTC, whole seconds. */
  public static String time(Instant instant) {
    return DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.SECONDS));
  }
}
