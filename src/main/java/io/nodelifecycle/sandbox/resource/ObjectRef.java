package io.nodelifecycle.sandbox.resource;

/**
 * The name of an object.
 *
 * @param type what it is
 * @param namespace where it lives; empty for a resource without namespaces
 * @param name its name
 */
public record ObjectRef(ResourceType type, String namespace, String name) {

  /** The node of this name. */
  public static ObjectRef node(String name) {
    return new ObjectRef(ResourceType.NODES, "", name);
  }

  /** The pod of this namespace and name. */
  public static ObjectRef pod(String namespace, String name) {
    return new ObjectRef(ResourceType.PODS, namespace, name);
  }

  /** The heartbeat lease of a node. */
  public static ObjectRef nodeLease(String nodeName) {
    return new ObjectRef(ResourceType.LEASES, "kube-node-lease", nodeName);
  }

  /** What objects of one type are ordered by: namespace, then name, as a real server does. */
  public String key() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
