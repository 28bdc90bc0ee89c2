package io.nodelifecycle.observe;

import io.nodelifecycle.core.Action;

/** Names writes for people. */
final class WriteText {
  private WriteText() {}

  /** What the write does to what, in a few words. */
  static String of(Action.Write write) {
    return switch (write) {
      case Action.PatchNodeStatus status -> "conditions of node " + status.node();
      case Action.PatchNodeTaints taints -> "taints of node " + taints.node();
      case Action.PatchNodeLabels labels -> "labels of node " + labels.node();
      case Action.MarkPodNotReady mark -> "Ready=False of pod " + mark.pod();
      case Action.MarkDisruptionTarget mark -> "condition DisruptionTarget of pod " + mark.pod();
      case Action.DeletePod delete -> "deletion of pod " + delete.pod();
    };
  }
}
