package io.nodelifecycle.simulate.engine;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is there at the beginning, as API objects; everything has been checked.
 *
 * @param nodes each with a name; machines whose node is Ready live, others are dead from the start
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
}
