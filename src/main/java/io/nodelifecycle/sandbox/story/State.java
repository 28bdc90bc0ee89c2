package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.taint.LifecycleTaints;

/** A state of a node or of a pod. */
public sealed interface State {

  /** A state of nodes. */
  sealed interface OfNode extends State {
    /** Whether the node is in it. */
    boolean holds(NodeState node);
  }

  /** A state of pods. */
  sealed interface OfPod extends State {
    /** Whether the pod is in it. */
    boolean holds(PodState pod);
  }

  /** The node's Ready condition has this status. */
  record NodeReady(ConditionStatus status) implements OfNode {
    @Override
    public boolean holds(NodeState node) {
      return node.exists() && node.ready() == status;
    }

    @Override
    public String toString() {
      return "Ready=" + NodeState.word(status);
    }
  }

  /** The node carries a taint of this key and effect. */
  record Tainted(String key, String effect) implements OfNode {
    @Override
    public boolean holds(NodeState node) {
      return node.exists() && node.hasTaint(key, effect);
    }

    @Override
    public String toString() {
      return "tainted " + key + ":" + effect;
    }
  }

  /** The node carries no taint of this key and effect. */
  record FreeOf(String key, String effect) implements OfNode {
    @Override
    public boolean holds(NodeState node) {
      return node.exists() && !node.hasTaint(key, effect);
    }

    @Override
    public String toString() {
      return "free of " + key + ":" + effect;
    }
  }

  /** The node carries no taint that follows from its health. */
  record Untainted() implements OfNode {
    @Override
    public boolean holds(NodeState node) {
      return node.exists() && node.taints().stream().noneMatch(Untainted::isHealthTaint);
    }

    private static boolean isHealthTaint(Taint taint) {
      return taint.key().equals(LifecycleTaints.NOT_READY)
          || taint.key().equals(LifecycleTaints.UNREACHABLE);
    }

    @Override
    public String toString() {
      return "free of health taints";
    }
  }

  /** The node is no longer there. */
  record NodeGone() implements OfNode {
    @Override
    public boolean holds(NodeState node) {
      return !node.exists();
    }

    @Override
    public String toString() {
      return "gone";
    }
  }

  /** The pod's Ready condition is True, or is not. */
  record PodReady(boolean isReady) implements OfPod {
    @Override
    public boolean holds(PodState pod) {
      return pod.exists() && pod.isReady() == isReady;
    }

    @Override
    public String toString() {
      return isReady ? "Ready" : "not Ready";
    }
  }

  /** The pod was deleted: it is terminating, or gone. */
  record PodDeleted() implements OfPod {
    @Override
    public boolean holds(PodState pod) {
      return pod.isDeleting() || !pod.exists();
    }

    @Override
    public String toString() {
      return "deleted";
    }
  }

  /** The pod is no longer there. */
  record PodGone() implements OfPod {
    @Override
    public boolean holds(PodState pod) {
      return !pod.exists();
    }

    @Override
    public String toString() {
      return "gone";
    }
  }

  /** The pod is not terminating: nobody deleted it, or that is finished. */
  record PodSettled() implements OfPod {
    @Override
    public boolean holds(PodState pod) {
      return !pod.exists() || !pod.isDeleting();
    }

    @Override
    public String toString() {
      return "settled";
    }
  }
}
