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
    return write instanceof Action.PodWrite toPod ? toPod.pod() : null;
  }

  /** The node that is written, null if none is. */
  static @Nullable NodeKey node(Action.Write write) {
    return write instanceof Action.NodeWrite toNode ? toNode.node() : null;
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
    return switch (write) {
      case Action.NodeWrite toNode -> toNode.node();
      case Action.PodWrite toPod -> toPod.pod();
    };
  }
}
