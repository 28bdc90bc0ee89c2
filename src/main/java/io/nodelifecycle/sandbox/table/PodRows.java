package io.nodelifecycle.sandbox.table;

import io.nodelifecycle.sandbox.resource.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods as rows. */
final class PodRows implements Rows {

  @Override
  public List<Column> columns() {
    return List.of(
        Column.of("Name"),
        Column.of("Ready"),
        Column.of("Status"),
        Column.number("Restarts"),
        Column.of("Age"),
        Column.wide("IP"),
        Column.wide("Node"),
        Column.wide("Nominated Node"),
        Column.wide("Readiness Gates"));
  }

  @Override
  public List<Object> cells(ObjectNode pod, Instant now) {
    JsonNode statuses = Json.at(pod, "status", "containerStatuses");
    long restarts = 0;
    for (JsonNode status : statuses) {
      restarts += status.path("restartCount").asLong(0);
    }
    int containers = Json.at(pod, "spec", "containers").size();
    return List.of(
        Json.text(pod, "metadata", "name"),
        ready(pod, statuses) + "/" + containers,
        status(pod, statuses),
        restarts,
        Age.since(Json.text(pod, "metadata", "creationTimestamp"), now),
        orNone(Json.text(pod, "status", "podIP")),
        orNone(Json.text(pod, "spec", "nodeName")),
        orNone(Json.text(pod, "status", "nominatedNodeName")),
        gates(pod));
  }

  /** How many containers are ready; a pod without container statuses counts by its condition. */
  private static long ready(ObjectNode pod, JsonNode statuses) {
    if (statuses.isEmpty()) {
      return isTrue(pod, "Ready") ? Json.at(pod, "spec", "containers").size() : 0;
    }
    return statuses.valueStream().filter(s -> s.path("ready").asBoolean(false)).count();
  }

  private static String status(ObjectNode pod, JsonNode statuses) {
    String reason = Json.text(pod, "status", "reason");
    String shown = reason.isEmpty() ? Json.text(pod, "status", "phase") : reason;
    for (JsonNode status : statuses) {
      String waiting = Json.text(status, "state", "waiting", "reason");
      String terminated = Json.text(status, "state", "terminated", "reason");
      shown = !waiting.isEmpty() ? waiting : !terminated.isEmpty() ? terminated : shown;
    }
    if (!Json.text(pod, "metadata", "deletionTimestamp").isEmpty()) {
      return reason.equals("NodeLost") ? "Unknown" : "Terminating";
    }
    return shown;
  }

  private static String gates(ObjectNode pod) {
    JsonNode gates = Json.at(pod, "spec", "readinessGates");
    if (gates.isEmpty()) {
      return "<none>";
    }
    long open = gates.valueStream().filter(g -> isTrue(pod, Json.text(g, "conditionType"))).count();
    return open + "/" + gates.size();
  }

  private static boolean isTrue(ObjectNode pod, String type) {
    return Json.at(pod, "status", "conditions")
        .valueStream()
        .anyMatch(c -> Json.text(c, "type").equals(type) && Json.text(c, "status").equals("True"));
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "<none>" : text;
  }
}
