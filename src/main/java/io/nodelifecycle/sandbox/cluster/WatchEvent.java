package io.nodelifecycle.sandbox.cluster;

import io.nodelifecycle.sandbox.resource.StoredObject;

/**
 * One thing that a watch saw.
 *
 * @param type what happened
 * @param object the object after it; for a deletion its last state, with the deletion's version
 */
public record WatchEvent(Type type, StoredObject object) {

  /** What happened to an object, as seen through the watch's filter. */
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }
}
