package io.nodelifecycle.election;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ApiFields;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Nodes and pods in words, without what differs from one run to the next. */
final class ClusterState {
  private ClusterState() {}

  /**
   * One line for each node, with its conditions and taints, and for each pod that is there.
   *
   * @param suffix of the names of pods, left out; pods of other names do not count
   */
  static String of(ApiClient client, String suffix) {
    var lines = new TreeMap<String, String>();
    client
        .items("/api/v1/nodes")
        .forEach(node ->
            lines.put(
                "node " + name(node),
                conditions(node) + ApiFields.taints(node).stream().sorted().toList()));
    client
        .items("/api/v1/namespaces/default/pods")
        .filter(pod -> name(pod).endsWith(suffix))
        .forEach(pod -> {
          var name = name(pod).substring(0, name(pod).length() - suffix.length());
          var deleting = pod.path("metadata").hasNonNull("deletionTimestamp") ? " goes" : "";
          lines.put("pod " + name, conditions(pod) + deleting);
        });
    var text = new StringBuilder();
    lines.forEach((what, state) -> text.append(what).append(' ').append(state).append('\n'));
    return text.toString();
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asString();
  }

  private static String conditions(JsonNode object) {
    var all = new TreeMap<String, String>();
    for (var condition : object.at("/status/conditions")) {
      all.put(
          condition.path("type").asString(),
          condition.path("status").asString() + " " + condition.path("reason").asString(""));
    }
    return all.toString();
  }
}
