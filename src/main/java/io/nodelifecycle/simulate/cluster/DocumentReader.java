package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.sandbox.resource.Json;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the objects out of documents: lists of any kinds, lists of one kind, single objects. A list
 * is read object by object, and of each only what matters is kept: it may be larger than memory.
 */
final class DocumentReader {
  private static final int DEPTH_MAX = 200;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .build();
  private static final String HINT = "give the output of kubectl get nodes,pods -A -o json";

  private final String source;
  private final List<PlacedObject> objects = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private String continueToken = "";
  private int documents;

  /**
   * A reader that has read nothing.
   *
   * @param source what problems call it
   */
  DocumentReader(String source) {
    this.source = source;
  }

  /** Everything that was found, in its order. */
  List<PlacedObject> objects() {
    return objects;
  }

  List<String> problems() {
    return problems;
  }

  /** Where the last list goes on; empty if it was complete. */
  String continueToken() {
    return continueToken;
  }

  /**
   * Reads JSON documents one after the other.
   *
   * @throws JacksonException if the stream itself fails, with that failure as its cause
   */
  void readJson(InputStream stream) {
    try (var parser = MAPPER.createParser(stream)) {
      while (parser.nextToken() != null) {
        documents++;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
          readDocument(parser);
        } else {
          parser.skipChildren();
          refuse("", "is no object; " + HINT);
        }
      }
    } catch (JacksonException e) {
      if (e.getCause() != null) {
        throw e;
      }
      var at = e.getLocation();
      refuse(
          "line " + at.getLineNr() + ", column " + at.getColumnNr(),
          "is not JSON: " + Quoted.plain(String.valueOf(e.getOriginalMessage())));
    }
    checkFound();
  }

  private void readDocument(JsonParser parser) {
    var head = Json.object();
    var items = new ArrayList<JsonNode>();
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      var value = parser.nextToken();
      if (name.equals("items") && value == JsonToken.START_ARRAY) {
        head.putArray(name);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(LeanObject.of(parser.readValueAsTree()));
        }
      } else {
        head.set(name, parser.<JsonNode>readValueAsTree());
      }
    }
    take(head, items);
  }

  /** Reads YAML documents. */
  void readYaml(InputStream stream) {
    for (var document : YamlTrees.read(stream, problem -> refuse("", problem))) {
      documents++;
      if (document instanceof ObjectNode head) {
        var items = head.path("items").valueStream().map(LeanObject::of).toList();
        take(head, items);
      } else if (!document.isNull()) {
        refuse("", "is no object; " + HINT);
      }
    }
    checkFound();
  }

  private void checkFound() {
    if (objects.isEmpty() && problems.isEmpty() && documents == 0) {
      problems.add(source + ": is empty; " + HINT);
    }
  }

  private void take(ObjectNode head, List<JsonNode> items) {
    var kind = Json.text(head, "kind");
    continueToken = Json.text(head, "metadata", "continue");
    if (kind.isEmpty()) {
      refuse("", "has no kind; " + HINT);
    } else if (kind.equals("Status")) {
      refuse("", "is an error message: " + Quoted.plain(Json.text(head, "message")));
    } else if (!kind.endsWith("List")) {
      objects.add(new PlacedObject(source, place(""), (ObjectNode) LeanObject.of(head)));
    } else if (!head.path("items").isArray()) {
      refuse(kind, "has no items");
    } else {
      for (int i = 0; i < items.size(); i++) {
        takeItem(kind, items.get(i), place("items[" + i + "]"));
      }
    }
  }

  private void takeItem(String listKind, JsonNode item, String place) {
    if (!(item instanceof ObjectNode object)) {
      problems.add(source + ": " + place + ": is no object");
      return;
    }
    if (Json.text(object, "kind").isEmpty() && !listKind.equals("List")) {
      object.put("kind", listKind.substring(0, listKind.length() - "List".length()));
    }
    if (Json.text(object, "kind").isEmpty()) {
      problems.add(source + ": " + place + ": has no kind");
    } else {
      objects.add(new PlacedObject(source, place, object));
    }
  }

  private void refuse(String place, String what) {
    var at = place(place);
    problems.add(source + ": " + (at.isEmpty() ? "" : at + ": ") + what);
  }

  /** The first document goes without saying. */
  private String place(String within) {
    if (documents <= 1) {
      return within;
    }
    return "document " + documents + (within.isEmpty() ? "" : ", " + within);
  }
}
