package io.nodelifecycle.core;

import io.nodelifecycle.core.Action.EventSource;
import io.nodelifecycle.core.Action.EventSubject;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.PodKey;
import java.util.ArrayList;
import java.util.List;

/** The actions of one step, in their order. */
final class Outbox {
  private List<Action> actions = new ArrayList<>();

  void add(Action action) {
    actions.add(action);
  }

  /** An event of type Normal about a node; its text is {@code Node <name> <rest>}. */
  void nodeEvent(NodeKey node, String reason, String rest) {
    add(
        new Action.SendEvent(
            new EventSubject.OfNode(node),
            false,
            reason,
            "Node " + node.name() + " " + rest,
            EventSource.NODE_CONTROLLER));
  }

  /** The Warning that a pod's node is not ready. */
  void podNotReadyEvent(PodKey pod) {
    podEvent(pod, true, "NodeNotReady", "Node is not ready", EventSource.NODE_CONTROLLER);
  }

  /** An event about an eviction by taints; its text is {@code <what> Pod <namespace/name>}. */
  void evictionEvent(PodKey pod, String what) {
    var message = what + " Pod " + pod;
    podEvent(pod, false, "TaintManagerEviction", message, EventSource.TAINT_EVICTION);
  }

  /** An event about an eviction without taints. */
  void timeoutEvent(PodKey pod, String nodeName) {
    var message = "Marking for deletion Pod " + pod.name() + " from Node " + nodeName;
    podEvent(pod, false, "NodeControllerEviction", message, EventSource.NODE_CONTROLLER);
  }

  private void podEvent(
      PodKey pod, boolean isWarning, String reason, String message, EventSource source) {
    var about = new EventSubject.OfPod(pod);
    add(new Action.SendEvent(about, isWarning, reason, message, source));
  }

  /** The Warning that a write has been failing for a while; it is still being tried. */
  void failingEvent(EventSubject about, Write write, String reason) {
    add(new Action.WriteKeepsFailing(write, reason));
    var isByTaints =
        switch (write) {
          case Action.MarkDisruptionTarget _ -> true;
          case Action.DeletePod delete -> delete.isByTaints();
          case Action.PatchNodeStatus _,
              Action.PatchNodeTaints _,
              Action.PatchNodeLabels _,
              Action.MarkPodNotReady _,
              Action.MarkNodeLost _ ->
              false;
        };
    var source = isByTaints ? EventSource.TAINT_EVICTION : EventSource.NODE_CONTROLLER;
    var message = "The " + write.text() + " cannot be written, which is still tried: " + reason;
    add(new Action.SendEvent(about, true, "FailedWrite", message, source));
  }

  /** Whether nothing was added since it was drained. */
  boolean isEmpty() {
    return actions.isEmpty();
  }

  /** Takes everything that was added. */
  List<Action> drain() {
    var drained = actions;
    actions = new ArrayList<>();
    return drained;
  }
}
