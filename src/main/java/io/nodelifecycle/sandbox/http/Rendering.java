package io.nodelifecycle.sandbox.http;

import io.nodelifecycle.sandbox.cluster.ObjectPage;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import io.nodelifecycle.sandbox.table.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The forms in which objects are sent, as the client's Accept header asks for them. */
enum Rendering {
  /** As they are. */
  OBJECTS,
  /** As rows of a table for people. */
  TABLE,
  /** Only their metadata. */
  METADATA;

  private static final byte[] COMMA = {','};
  private static final byte[] END = {']', '}'};

  /**
   * The first form in an Accept header that can be given.
   *
   * @throws ApiFailure 406 if there is none
   */
  static Rendering of(String accept) {
    if (accept.isBlank()) {
      return OBJECTS;
    }
    for (String choice : accept.split(",")) {
      String form = choice.replace(" ", "");
      if (form.startsWith("application/json;as=Table;") && form.contains("v=v1;")) {
        return TABLE;
      }
      if (form.startsWith("application/json;as=Table;v=v1") && !form.contains("v1beta1")) {
        return TABLE;
      }
      if (form.startsWith("application/json;as=PartialObjectMetadata")) {
        return METADATA;
      }
      String type = form.split(";")[0];
      boolean plain = type.equals("application/json") || type.equals("application/*");
      if ((plain && !form.contains(";as=")) || type.equals("*/*")) {
        return OBJECTS;
      }
    }
    throw ApiFailure.of(406, "NotAcceptable", "406: Not Acceptable");
  }

  /** One object. */
  byte[] object(StoredObject object, Query query, Instant now) {
    return switch (this) {
      case OBJECTS -> object.json();
      case TABLE -> {
        ObjectPage page = new ObjectPage(List.of(object), object.resourceVersion(), "");
        yield Json.bytes(table(object.type(), page, query, now));
      }
      case METADATA -> Json.bytes(metadata(object));
    };
  }

  /** A list, in pieces. */
  List<byte[]> list(ResourceType type, ObjectPage page, Query query, Instant now) {
    return switch (this) {
      case OBJECTS -> pieces(type.kind() + "List", type.group().apiVersion(), page);
      case TABLE -> List.of(Json.bytes(table(type, page, query, now)));
      case METADATA -> pieces("PartialObjectMetadataList", "meta.k8s.io/v1", page);
    };
  }

  private List<byte[]> pieces(String kind, String apiVersion, ObjectPage page) {
    ObjectNode head = Json.object().put("kind", kind).put("apiVersion", apiVersion);
    metadata(head, page);
    String opening = new String(Json.bytes(head), StandardCharsets.UTF_8);
    List<byte[]> pieces = new ArrayList<>(page.items().size() * 2 + 2);
    String begin = opening.substring(0, opening.length() - 1) + ",\"items\":[";
    pieces.add(begin.getBytes(StandardCharsets.UTF_8));
    for (StoredObject object : page.items()) {
      if (pieces.size() > 1) {
        pieces.add(COMMA);
      }
      pieces.add(this == METADATA ? Json.bytes(metadata(object)) : object.json());
    }
    pieces.add(END);
    return pieces;
  }

  private static ObjectNode table(ResourceType type, ObjectPage page, Query query, Instant now) {
    ObjectNode table = Table.of(type, now).render(page.items(), query.text("includeObject"));
    metadata(table, page);
    return table;
  }

  private static void metadata(ObjectNode list, ObjectPage page) {
    ObjectNode metadata = Json.child(list, "metadata");
    metadata.put("resourceVersion", Long.toString(page.resourceVersion()));
    if (!page.continueToken().isEmpty()) {
      metadata.put("continue", page.continueToken());
    }
  }

  private static ObjectNode metadata(StoredObject object) {
    ObjectNode partial = Json.object();
    partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
    partial.set("metadata", object.tree().path("metadata"));
    return partial;
  }
}
