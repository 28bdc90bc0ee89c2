package io.nodelifecycle.sandbox.table;

import io.nodelifecycle.sandbox.resource.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Types whose rows are a few fields, with the name first and the age as one of the columns. */
enum SimpleRows implements Rows {
  LEASES(Column.of("Name"), Column.of("Holder"), Column.of("Age")) {
    @Override
    List<Object> fields(ObjectNode object) {
      return List.of(Json.text(object, "spec", "holderIdentity"));
    }
  },
  NAMESPACES(Column.of("Name"), Column.of("Status"), Column.of("Age")) {
    @Override
    List<Object> fields(ObjectNode object) {
      return List.of(Json.text(object, "status", "phase"));
    }
  },
  DAEMONSETS(
      Column.of("Name"),
      Column.number("Desired"),
      Column.number("Current"),
      Column.number("Ready"),
      Column.number("Up-to-date"),
      Column.number("Available"),
      Column.of("Node Selector"),
      Column.of("Age")) {
    @Override
    List<Object> fields(ObjectNode object) {
      JsonNode status = object.path("status");
      return List.of(
          status.path("desiredNumberScheduled").asLong(0),
          status.path("currentNumberScheduled").asLong(0),
          status.path("numberReady").asLong(0),
          status.path("updatedNumberScheduled").asLong(0),
          status.path("numberAvailable").asLong(0),
          selector(Json.at(object, "spec", "template", "spec", "nodeSelector")));
    }
  };

  private final List<Column> columns;

  SimpleRows(Column... columns) {
    this.columns = List.of(columns);
  }

  /** What stands between name and age. */
  abstract List<Object> fields(ObjectNode object);

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public List<Object> cells(ObjectNode object, Instant now) {
    List<Object> cells = new ArrayList<>();
    cells.add(Json.text(object, "metadata", "name"));
    cells.addAll(fields(object));
    cells.add(Age.since(Json.text(object, "metadata", "creationTimestamp"), now));
    return cells;
  }

  private static String selector(JsonNode labels) {
    List<String> pairs =
        labels.properties().stream()
            .map(label -> label.getKey() + "=" + label.getValue().asString(""))
            .sorted()
            .toList();
    return pairs.isEmpty() ? "<none>" : String.join(",", pairs);
  }
}
