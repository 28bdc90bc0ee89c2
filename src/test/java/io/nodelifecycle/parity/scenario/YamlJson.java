package io.nodelifecycle.parity.scenario;

import io.nodelifecycle.sandbox.yaml.YamlField;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** YAML without a fixed form, such as the body of a request, as JSON. */
final class YamlJson {
  private static final int DEPTH_MAX = 50;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private YamlJson() {}

  /** The value; a problem and null where it cannot be said in JSON. */
  static JsonNode of(YamlField field) {
    try {
      return json(field.node(), DEPTH_MAX);
    } catch (IllegalArgumentException e) {
      field.refuse(String.valueOf(e.getMessage()));
      return JSON.nullNode();
    }
  }

  private static JsonNode json(Node node, int depth) {
    if (depth == 0) {
      throw new IllegalArgumentException("is nested more than " + DEPTH_MAX + " times");
    }
    return switch (node) {
      case MappingNode mapping -> {
        var object = JSON.objectNode();
        for (var entry : mapping.getValue()) {
          if (entry.getKeyNode() instanceof ScalarNode key) {
            object.set(key.getValue(), json(entry.getValueNode(), depth - 1));
          }
        }
        yield object;
      }
      case SequenceNode sequence -> {
        var array = JSON.arrayNode();
        sequence.getValue().forEach(element -> array.add(json(element, depth - 1)));
        yield array;
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new IllegalArgumentException("is no JSON");
    };
  }

  private static JsonNode scalar(ScalarNode scalar) {
    var text = scalar.getValue();
    var tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    }
    try {
      return tag.equals(Tag.INT)
          ? JSON.numberNode(Long.parseLong(text))
          : tag.equals(Tag.FLOAT)
              ? JSON.numberNode(Double.parseDouble(text))
              : JSON.stringNode(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is no number: " + text, e);
    }
  }
}
