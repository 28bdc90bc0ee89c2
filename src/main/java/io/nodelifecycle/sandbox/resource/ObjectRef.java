package io.nodelifecycle.sandbox.resource;

import org.jspecify.annotations.Nullable;

/** The name of an object. Its {@link #key} is put together once, since it is looked up often. */
public final class ObjectRef {
  private final ResourceType type;
  private final String namespace;
  private final String name;
  private final String key;

  /**
   * A name.
   *
   * @param type what it is
   * @param namespace where it lives; empty for a resource without namespaces
   * @param name its name
   */
  public ObjectRef(ResourceType type, String namespace, String name) {
    this.type = type;
    this.namespace = namespace;
    this.name = name;
    this.key = namespace.isEmpty() ? name : namespace + "/" + name;
  }

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

  /** What it is. */
  public ResourceType type() {
    return type;
  }

  /** Where it lives; empty for a resource without namespaces. */
  public String namespace() {
    return namespace;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What objects of one type are ordered by: namespace, then name, as a real server does. */
  public String key() {
    return key;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ObjectRef that
        && type == that.type
        && namespace.equals(that.namespace)
        && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + type.ordinal();
  }

  @Override
  public String toString() {
    return type.plural() + "/" + key;
  }
}
