package io.nodelifecycle.sandbox.table;

import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tables of the objects of one type, with ages as of one instant. */
public final class Table {
  private final Rows rows;
  private final Instant now;

  private Table(Rows rows, Instant now) {
    this.rows = rows;
    this.now = now;
  }

  /** The table for a type. */
  public static Table of(ResourceType type, Instant now) {
    Rows rows =
        switch (type) {
          case NODES -> new NodeRows();
          case PODS -> new PodRows();
          case EVENTS -> new EventRows();
          case LEASES -> SimpleRows.LEASES;
          case NAMESPACES -> SimpleRows.NAMESPACES;
          case DAEMONSETS -> SimpleRows.DAEMONSETS;
        };
    return new Table(rows, now);
  }

  /**
   * A {@code Table} object.
   *
   * @param includeObject how much of each object comes with its row: {@code None}, {@code Metadata}
   *     or {@code Object}; empty means metadata
   */
  public ObjectNode render(List<StoredObject> objects, String includeObject) {
    ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.putObject("metadata");
    ArrayNode columns = table.putArray("columnDefinitions");
    for (Column column : rows.columns()) {
      columns
          .addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("format", column.name().equals("Name") ? "name" : "")
          .put("description", "")
          .put("priority", column.isWide() ? 1 : 0);
    }
    ArrayNode list = table.putArray("rows");
    for (StoredObject object : objects) {
      row(list.addObject(), object.tree(), includeObject);
    }
    return table;
  }

  private void row(ObjectNode row, ObjectNode object, String includeObject) {
    ArrayNode cells = row.putArray("cells");
    for (Object cell : rows.cells(object, now)) {
      if (cell instanceof Number number) {
        cells.add(number.longValue());
      } else {
        cells.add(String.valueOf(cell));
      }
    }
    switch (includeObject) {
      case "None" -> row.putNull("object");
      case "Object" -> row.set("object", object);
      default -> {
        ObjectNode partial = row.putObject("object");
        partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
      }
    }
  }
}
