package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.core.model.Toleration;
import java.util.List;

/**
 * What the story sees of a pod.
 *
 * @param namespace its namespace
 * @param name its name
 * @param uid its uid
 * @param kind its label {@code app}; empty if it has none
 * @param node the node that it is bound to; empty if it is not
 * @param isReady whether its Ready condition is True
 * @param isDeleting whether it has a deletionTimestamp
 * @param exists false once it is gone
 * @param tolerations what it tolerates
 */
public record PodState(
    String namespace,
    String name,
    String uid,
    String kind,
    String node,
    boolean isReady,
    boolean isDeleting,
    boolean exists,
    List<Toleration> tolerations) {

  /** Takes a copy. */
  public PodState {
    tolerations = List.copyOf(tolerations);
  }

  /** The same once it is gone. */
  PodState gone() {
    return new PodState(namespace, name, uid, kind, node, isReady, isDeleting, false, tolerations);
  }

  /** In a few words, for people. */
  public String text() {
    if (!exists) {
      return "gone";
    }
    return (isDeleting ? "deleted (terminating), " : "") + (isReady ? "Ready" : "not Ready");
  }
}
