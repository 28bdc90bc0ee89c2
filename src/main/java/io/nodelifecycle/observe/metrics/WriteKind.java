package io.nodelifecycle.observe.metrics;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Write;
import java.util.Locale;

/** What is written: the values of the label {@code kind}. */
enum WriteKind {
  NODE_STATUS,
  NODE_TAINTS,
  NODE_LABELS,
  POD_NOT_READY,
  POD_NODE_LOST,
  POD_DISRUPTION_TARGET,
  POD_DELETION;

  static WriteKind of(Write write) {
    return switch (write) {
      case Action.PatchNodeStatus _ -> NODE_STATUS;
      case Action.PatchNodeTaints _ -> NODE_TAINTS;
      case Action.PatchNodeLabels _ -> NODE_LABELS;
      case Action.MarkPodNotReady _ -> POD_NOT_READY;
      case Action.MarkNodeLost _ -> POD_NODE_LOST;
      case Action.MarkDisruptionTarget _ -> POD_DISRUPTION_TARGET;
      case Action.DeletePod _ -> POD_DELETION;
    };
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
