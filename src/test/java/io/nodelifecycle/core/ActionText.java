package io.nodelifecycle.core;

import io.nodelifecycle.core.Action.EventSubject;
import io.nodelifecycle.core.model.Taint;
import java.util.List;

/** Actions in a few words, for tests to compare. */
final class ActionText {
  private ActionText() {}

  /** For instance {@code taints a +not-ready:NoExecute}; empty for announcements. */
  static String of(Action action) {
    return switch (action) {
      case Action.PatchNodeStatus patch -> "status " + patch.node();
      case Action.PatchNodeTaints patch ->
          "taints " + patch.node() + all(" +", patch.added()) + all(" -", patch.removed());
      case Action.PatchNodeLabels patch -> "labels " + patch.node();
      case Action.MarkPodNotReady mark -> "unready " + mark.pod().name();
      case Action.MarkDisruptionTarget mark -> "condition " + mark.pod().name();
      case Action.MarkNodeLost mark -> "lost " + mark.pod().name();
      case Action.DeletePod delete -> "delete " + delete.pod().name();
      case Action.SendEvent event -> "event " + event.reason() + " " + subject(event);
      case Action.Read _, Action.ReopenWatch _, Action.Announcement _ -> "";
    };
  }

  private static String all(String sign, List<Taint> taints) {
    return taints.stream().map(taint -> sign + of(taint)).reduce("", String::concat);
  }

  /** A taint without the common prefix. */
  static String of(Taint taint) {
    return taint.toString().replace("node.kubernetes.io/", "");
  }

  private static String subject(Action.SendEvent event) {
    var text =
        switch (event.about()) {
          case EventSubject.OfNode(var node) -> node.name();
          case EventSubject.OfPod(var pod) -> pod.name();
          case EventSubject.OfElection(var lease) -> lease.name();
        };
    return event.reason().equals("TaintManagerEviction")
        ? text + " " + event.message().split(" ")[0]
        : text;
  }
}
