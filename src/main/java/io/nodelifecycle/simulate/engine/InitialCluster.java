package io.nodelifecycle.simulate.engine;

import io.nodelifecycle.sandbox.resource.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is there at the beginning, as API objects; everything has been checked.
 *
 * @param nodes each with a name
 * @param pods each with namespace and name, and bound to a node of this cluster or to none
 * @param daemonSets each with namespace and name
 */
public record InitialCluster(
    List<ObjectNode> nodes, List<ObjectNode> pods, List<ObjectNode> daemonSets) {
  /** Takes copies of the lists. */
  public InitialCluster {
    nodes = List.copyOf(nodes);
    pods = List.copyOf(pods);
    daemonSets = List.copyOf(daemonSets);
  }

  /**
   * The names of the nodes whose machine is dead from the start: nothing is heard of it, so that
   * Ready is Unknown, or nothing ever was, so that Ready is missing. A kubelet that says that it is
   * not ready lives.
   */
  public Set<String> deadNodes() {
    var names = new HashSet<String>();
    for (var node : nodes) {
      if (!isHeard(node)) {
        names.add(Json.text(node, "metadata", "name"));
      }
    }
    return names;
  }

  private static boolean isHeard(ObjectNode node) {
    for (var condition : Json.at(node, "status", "conditions")) {
      if (Json.text(condition, "type").equals("Ready")) {
        return !Json.text(condition, "status").equals("Unknown");
      }
    }
    return false;
  }
}
