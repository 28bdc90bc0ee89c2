package io.nodelifecycle.invariant;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.PodKey;
import org.jspecify.annotations.Nullable;

/** What a request is about. */
final class Subjects {
  private Subjects() {}

  /** The pod that is written, null if none is. */
  static @Nullable PodKey pod(Action.Write write) {
    return switch (write) {
      case Action.MarkPodNotReady mark -> mark.pod();
      case Action.MarkDisruptionTarget mark -> mark.pod();
      case Action.MarkNodeLost mark -> mark.pod();
      case Action.DeletePod delete -> delete.pod();
      case Action.PatchNodeStatus _, Action.PatchNodeTaints _, Action.PatchNodeLabels _ -> null;
    };
  }

  /** The node that is written, null if none is. */
  static @Nullable NodeKey node(Action.Write write) {
    return switch (write) {
      case Action.PatchNodeStatus patch -> patch.node();
      case Action.PatchNodeTaints patch -> patch.node();
      case Action.PatchNodeLabels patch -> patch.node();
      case Action.MarkPodNotReady _,
          Action.MarkDisruptionTarget _,
          Action.MarkNodeLost _,
          Action.DeletePod _ ->
          null;
    };
  }

  /** The version that was judged, empty where the write does not say one. */
  static String version(Action.Write write) {
    return switch (write) {
      case Action.PatchNodeStatus patch -> patch.resourceVersion();
      case Action.PatchNodeTaints patch -> patch.resourceVersion();
      case Action.MarkPodNotReady mark -> mark.resourceVersion();
      case Action.MarkDisruptionTarget mark -> mark.resourceVersion();
      case Action.MarkNodeLost mark -> mark.resourceVersion();
      case Action.PatchNodeLabels _, Action.DeletePod _ -> "";
    };
  }

  /** The object that is written, for maps. */
  static Object object(Action.Write write) {
    var pod = pod(write);
    if (pod != null) {
      return pod;
    }
    var node = node(write);
    return node == null ? write : node;
  }
}
