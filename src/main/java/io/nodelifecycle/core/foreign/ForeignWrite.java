package io.nodelifecycle.core.foreign;

import io.nodelifecycle.core.model.NodeKey;

/**
 * A write to a node that this process did not send.
 *
 * @param kind what was written
 * @param node which node
 * @param version the node's resourceVersion after it
 * @param what for people, after the name of who did it: {@code added the taint …}
 */
public record ForeignWrite(Kind kind, NodeKey node, String version, String what) {
  /** What a node lifecycle controller writes. */
  public enum Kind {
    /** The Ready condition became Unknown. */
    CONDITIONS,
    /** A taint of node health or of a condition was added. */
    TAINT_ADDED,
    /** Such a taint was removed. */
    TAINT_REMOVED
  }
}
