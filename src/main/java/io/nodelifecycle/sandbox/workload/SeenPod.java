package io.nodelifecycle.sandbox.workload;

import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.StoredObject;

/**
 * What is kept of a pod.
 *
 * @param ref what it is called
 * @param uid its uid
 * @param owner what it belongs to
 * @param node the node that it is bound to; empty if it is not
 * @param isReady whether its Ready condition is True
 * @param isTerminating whether it has a deletionTimestamp
 * @param isOver whether it has ended for good
 */
record SeenPod(
    ObjectRef ref,
    String uid,
    KeptWorkload owner,
    String node,
    boolean isReady,
    boolean isTerminating,
    boolean isOver) {

  static SeenPod of(StoredObject pod, KeptWorkload owner) {
    boolean isOver = pod.phase().equals("Succeeded") || pod.phase().equals("Failed");
    return new SeenPod(
        pod.ref(), pod.uid(), owner, pod.nodeName(), pod.isReady(), pod.isTerminating(), isOver);
  }

  /** Whether it counts as one of those that its workload wants. */
  boolean isWanted() {
    return !isTerminating && !isOver;
  }

  /** Whether it takes up a place on its node. */
  boolean isPlaced() {
    return !node.isEmpty() && !isOver;
  }

  /** Whether it waits for a node. */
  boolean isWaiting() {
    return node.isEmpty() && isWanted();
  }
}
