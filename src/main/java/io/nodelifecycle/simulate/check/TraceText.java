package io.nodelifecycle.simulate.check;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.LeaseSeen;
import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.PodSeen;
import io.nodelifecycle.core.Observation.ReadEnded;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.Observation.WriteEnded;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodSnapshot;
import java.util.TreeMap;

/** Observations in a line: what decisions can depend on, always in the same order. */
final class TraceText {
  private TraceText() {}

  static String of(Observation observation) {
    return switch (observation) {
      case NodeSeen(var node, var isListed, _) -> (isListed ? "listed " : "") + of(node);
      case PodSeen(var pod, var isListed, _) -> (isListed ? "listed " : "") + of(pod);
      case LeaseSeen(var node, var version) -> "lease " + node + "@" + version;
      case WriteEnded(var write, var outcome) -> write.text() + ": " + of(outcome);
      case ReadEnded(var read, var outcome) -> read.text() + ": " + of(outcome);
      default -> observation.toString();
    };
  }

  private static String of(NodeSnapshot node) {
    return "node %s@%s uid=%s ready=%s taints=%s cordoned=%s labels=%s"
        .formatted(
            node.name(),
            node.resourceVersion(),
            node.uid(),
            node.ready(),
            node.taints(),
            node.isUnschedulable(),
            new TreeMap<>(node.labels()));
  }

  private static String of(PodSnapshot pod) {
    return "pod %s@%s on %s ready=%s terminating=%s"
        .formatted(
            pod.key(), pod.resourceVersion(), pod.nodeName(), pod.ready(), pod.isTerminating());
  }

  private static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded(var node, var pod, _) ->
          "done, " + (node != null ? of(node) : pod != null ? of(pod) : "nothing returned");
      case Outcome.Conflict() -> "conflict";
      case Outcome.NotFound() -> "not found";
      case Outcome.Failed failed -> failed.toString();
    };
  }

  private static String of(ReadOutcome outcome) {
    return switch (outcome) {
      case ReadOutcome.Leases(var versions) -> "leases " + new TreeMap<>(versions);
      case ReadOutcome.Node(var node) -> node == null ? "no such node" : of(node);
      case ReadOutcome.Writers writers -> writers.toString();
      case ReadOutcome.Failed failed -> failed.toString();
    };
  }
}
