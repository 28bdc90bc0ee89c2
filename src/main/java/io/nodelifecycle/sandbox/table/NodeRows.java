package io.nodelifecycle.sandbox.table;

import io.nodelifecycle.sandbox.resource.Json;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Nodes as rows. */
final class NodeRows implements Rows {
  private static final String ROLE_PREFIX = "node-role.kubernetes.io/";

  @Override
  public List<Column> columns() {
    return List.of(
        Column.of("Name"),
        Column.of("Status"),
        Column.of("Roles"),
        Column.of("Age"),
        Column.of("Version"),
        Column.wide("Internal-IP"),
        Column.wide("External-IP"),
        Column.wide("OS-Image"),
        Column.wide("Kernel-Version"),
        Column.wide("Container-Runtime"));
  }

  @Override
  public List<Object> cells(ObjectNode node, Instant now) {
    JsonNode system = Json.at(node, "status", "nodeInfo");
    return List.of(
        Json.text(node, "metadata", "name"),
        status(node),
        roles(node.path("metadata").path("labels")),
        Age.since(Json.text(node, "metadata", "creationTimestamp"), now),
        Json.text(system, "kubeletVersion"),
        address(node, "InternalIP"),
        address(node, "ExternalIP"),
        orUnknown(Json.text(system, "osImage")),
        orUnknown(Json.text(system, "kernelVersion")),
        orUnknown(Json.text(system, "containerRuntimeVersion")));
  }

  private static String status(ObjectNode node) {
    String status = "Unknown";
    for (JsonNode condition : Json.at(node, "status", "conditions")) {
      if (Json.text(condition, "type").equals("Ready")) {
        status = Json.text(condition, "status").equals("True") ? "Ready" : "NotReady";
      }
    }
    boolean cordoned = Json.at(node, "spec", "unschedulable").asBoolean(false);
    return cordoned ? status + ",SchedulingDisabled" : status;
  }

  private static String roles(JsonNode labels) {
    TreeSet<String> roles = new TreeSet<>();
    labels
        .properties()
        .forEach(label -> {
          if (label.getKey().startsWith(ROLE_PREFIX)) {
            roles.add(label.getKey().substring(ROLE_PREFIX.length()));
          } else if (label.getKey().equals("kubernetes.io/role")) {
            roles.add(label.getValue().asString(""));
          }
        });
    roles.remove("");
    return roles.isEmpty() ? "<none>" : String.join(",", roles);
  }

  private static String address(ObjectNode node, String type) {
    for (JsonNode address : Json.at(node, "status", "addresses")) {
      if (Json.text(address, "type").equals(type)) {
        return Json.text(address, "address");
      }
    }
    return "<none>";
  }

  private static String orUnknown(String text) {
    return text.isEmpty() ? "<unknown>" : text;
  }
}
