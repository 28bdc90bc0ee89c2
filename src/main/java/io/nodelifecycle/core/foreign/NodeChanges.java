package io.nodelifecycle.core.foreign;

import io.nodelifecycle.core.foreign.ForeignWrite.Kind;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.taint.LifecycleTaints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What changed of a node that looks as if a node lifecycle controller had written it. */
final class NodeChanges {
  private NodeChanges() {}

  /** One change; the taint is there unless conditions changed. */
  record Change(Kind kind, Optional<Taint> taint) {
    String what() {
      return switch (kind) {
        case CONDITIONS -> "set the conditions to Unknown";
        case TAINT_ADDED -> "added the taint " + taint.map(Taint::toString).orElse("");
        case TAINT_REMOVED -> "removed the taint " + taint.map(Taint::toString).orElse("");
      };
    }
  }

  /** The changes between two versions; almost always none, which costs two comparisons. */
  static List<Change> between(NodeSnapshot before, NodeSnapshot after) {
    var isUnknown = isMadeUnknown(before, after);
    if (!isUnknown && before.taints().equals(after.taints())) {
      return List.of();
    }
    var changes = new ArrayList<Change>();
    if (isUnknown) {
      changes.add(new Change(Kind.CONDITIONS, Optional.empty()));
    }
    for (var taint : after.taints()) {
      if (!before.hasTaint(taint.key(), taint.effect())
          && LifecycleTaints.isCausedBy(taint, after)) {
        changes.add(new Change(Kind.TAINT_ADDED, Optional.of(taint)));
      }
    }
    for (var taint : before.taints()) {
      if (!after.hasTaint(taint.key(), taint.effect()) && isToGo(taint, after)) {
        changes.add(new Change(Kind.TAINT_REMOVED, Optional.of(taint)));
      }
    }
    return changes;
  }

  /** A kubelet posts a heartbeat with everything that it says; a controller leaves it as it is. */
  private static boolean isMadeUnknown(NodeSnapshot before, NodeSnapshot after) {
    if (after.ready() != ConditionStatus.UNKNOWN || before.ready() == ConditionStatus.UNKNOWN) {
      return false;
    }
    var heartbeat = heartbeat(after);
    return before.ready() == ConditionStatus.ABSENT
        ? heartbeat.equals(Optional.of(after.creationTimestamp()))
        : Objects.equals(heartbeat, heartbeat(before));
  }

  private static Optional<Instant> heartbeat(NodeSnapshot node) {
    return node.condition(NodeCondition.READY).map(NodeCondition::lastHeartbeatTime);
  }

  /**
   * Whether a controller takes it off; people take off what they do not want, whatever conditions
   * say.
   */
  private static boolean isToGo(Taint taint, NodeSnapshot after) {
    return LifecycleTaints.isOfCondition(taint) && !LifecycleTaints.isCausedBy(taint, after);
  }
}
