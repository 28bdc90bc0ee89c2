package io.nodelifecycle.core.model;

/**
 * Names one pod and no later one of the same name.
 *
 * @param namespace its namespace
 * @param name its name
 * @param uid its uid
 */
public record PodKey(String namespace, String name, String uid) {
  /** As logs and event texts show it: {@code namespace/name}. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
