package io.nodelifecycle.sandbox.table;

import io.nodelifecycle.sandbox.resource.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Events as rows. */
final class EventRows implements Rows {

  @Override
  public List<Column> columns() {
    return List.of(
        Column.of("Last Seen"),
        Column.of("Type"),
        Column.of("Reason"),
        Column.of("Object"),
        Column.wide("Subobject"),
        Column.wide("Source"),
        Column.of("Message"),
        Column.wide("First Seen"),
        Column.wide("Count"),
        Column.wide("Name"));
  }

  @Override
  public List<Object> cells(ObjectNode event, Instant now) {
    String created = Json.text(event, "metadata", "creationTimestamp");
    String first = orElse(Json.text(event, "firstTimestamp"), Json.text(event, "eventTime"));
    String last = orElse(Json.text(event, "lastTimestamp"), first);
    return List.of(
        Age.since(orElse(last, created), now),
        Json.text(event, "type"),
        Json.text(event, "reason"),
        Json.text(event, "involvedObject", "kind").toLowerCase(Locale.ROOT)
            + "/"
            + Json.text(event, "involvedObject", "name"),
        Json.text(event, "involvedObject", "fieldPath"),
        source(event),
        Json.text(event, "message").strip(),
        Age.since(orElse(first, created), now),
        event.path("count").asLong(1),
        Json.text(event, "metadata", "name"));
  }

  private static String source(ObjectNode event) {
    String component =
        orElse(Json.text(event, "source", "component"), Json.text(event, "reportingComponent"));
    String host = Json.text(event, "source", "host");
    return host.isEmpty() ? component : component + ", " + host;
  }

  private static String orElse(String text, String other) {
    return text.isEmpty() ? other : text;
  }
}
