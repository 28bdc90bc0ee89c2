package io.nodelifecycle.sandbox.story;

import java.util.List;

/**
 * Some nodes.
 *
 * @param name what people call them: {@code node-a1}, {@code zone c (4 nodes)}
 * @param nodes their names
 */
public record NodeSet(String name, List<String> nodes) {
  /** Takes a copy. */
  public NodeSet {
    nodes = List.copyOf(nodes);
  }

  /** A verb in the form that goes with the name. */
  String does(String one, String many) {
    return name + " " + (name.endsWith(" nodes") || name.contains(",") ? many : one);
  }

  @Override
  public String toString() {
    return name;
  }
}
