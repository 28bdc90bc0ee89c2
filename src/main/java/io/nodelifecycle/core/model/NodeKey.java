package io.nodelifecycle.core.model;

/**
 * Names one node and no later one of the same name.
 *
 * @param name its name
 * @param uid its uid
 */
public record NodeKey(String name, String uid) {
  /** As logs show it. */
  @Override
  public String toString() {
    return name;
  }
}
