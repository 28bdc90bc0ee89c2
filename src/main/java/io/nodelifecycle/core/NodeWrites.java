package io.nodelifecycle.core;

import io.nodelifecycle.core.Action.EventSubject;
import io.nodelifecycle.core.Action.Kind;
import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.UnknownCondition;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.health.SilencePlanner;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.taint.EvictionTaint;
import io.nodelifecycle.core.taint.LabelPlanner;
import io.nodelifecycle.core.taint.TaintPlanner;
import io.nodelifecycle.core.zone.Zones;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be written to a node: computed from its latest version each time it is asked for, so
 * that a write which waited is sent as it is wanted now, or not at all.
 */
final class NodeWrites {
  private static final List<Kind> KINDS =
      List.of(Kind.NODE_STATUS, Kind.NODE_TAINTS, Kind.NODE_LABELS);

  private final boolean isByTaints;
  private final Patience patience;
  private final Zones<NodeEntry> zones;
  private final Outbox outbox;
  private final TaintPlanner taints;
  private final ForeignWatch foreign;

  NodeWrites(
      CorePolicy policy,
      Patience patience,
      Zones<NodeEntry> zones,
      Outbox outbox,
      ForeignWatch foreign) {
    this.foreign = foreign;
    this.isByTaints = policy.isByTaints();
    this.patience = patience;
    this.zones = zones;
    this.outbox = outbox;
    this.taints = new TaintPlanner(policy.hasConditionTaints());
  }

  /**
   * Lets the most urgent wanted write wait to be sent, unless one is under way.
   *
   * @return when a write that failed may be tried again, {@link Instant#MAX} if there is none
   */
  Instant offer(NodeEntry entry, Instant now) {
    var retry = Instant.MAX;
    if (entry.slot.isUnderWay()) {
      return retry;
    }
    for (var kind : KINDS) {
      var wanted = wanted(kind, entry, now);
      if (wanted.isEmpty()) {
        entry.slot.settle(kind);
        continue;
      }
      var notBefore = entry.slot.notBefore(kind, entry.node.resourceVersion());
      if (notBefore.isAfter(now)) {
        retry = notBefore.isBefore(retry) ? notBefore : retry;
      } else {
        if (!entry.slot.isWaitingFor(kind)) {
          entry.slot.offer(wanted.get());
          outbox.add(wanted.get());
        }
        return retry;
      }
    }
    entry.slot.withdraw();
    return retry;
  }

  /** The waiting write in the form in which it is wanted now; then it counts as sent. */
  Optional<Write> confirm(NodeEntry entry, Write write, Instant now) {
    if (!entry.slot.isWaiting(write)) {
      return Optional.empty();
    }
    var wanted = wanted(write.kind(), entry, now);
    wanted.ifPresentOrElse(entry.slot::send, entry.slot::withdraw);
    wanted.ifPresent(sent -> foreign.sends(entry.key, sent));
    if (wanted.isPresent() && write.kind() == Kind.NODE_STATUS) {
      entry.isLosingReady = entry.node.ready() == ConditionStatus.TRUE;
    }
    return wanted;
  }

  private Optional<Write> wanted(Kind kind, NodeEntry entry, Instant now) {
    var attempt = entry.slot.attempts(kind);
    return switch (kind) {
      case NODE_STATUS -> status(entry, attempt, now);
      case NODE_TAINTS -> taints(entry, attempt);
      case NODE_LABELS -> labels(entry, attempt);
      case POD_NOT_READY, NODE_LOST, POD_DELETION -> Optional.empty();
    };
  }

  private Optional<Write> status(NodeEntry entry, int attempt, Instant now) {
    if (!entry.isSilent || !patience.isOver(now)) {
      return Optional.empty();
    }
    var node = entry.node;
    var conditions =
        SilencePlanner.unknownTypes(node).stream()
            .map(type ->
                new UnknownCondition(
                    type,
                    node.status(type) == ConditionStatus.ABSENT ? node.creationTimestamp() : null))
            .toList();
    return conditions.isEmpty()
        ? Optional.empty()
        : Optional.of(new PatchNodeStatus(entry.key, node.resourceVersion(), conditions, attempt));
  }

  private Optional<Write> taints(NodeEntry entry, int attempt) {
    var change = taints.plan(entry.node, eviction(entry));
    return change.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PatchNodeTaints(
                entry.key,
                entry.node.resourceVersion(),
                change.taints(),
                change.added(),
                change.removed(),
                attempt));
  }

  /** What should be with the NoExecute taints of node health. */
  private EvictionTaint eviction(NodeEntry entry) {
    if (zones.isStopped() || entry.isShedding) {
      return EvictionTaint.NEITHER;
    }
    if (entry.node.ready() == ConditionStatus.TRUE) {
      return EvictionTaint.NEITHER;
    }
    if (!isByTaints) {
      // Those that another mode left are taken off nodes that are well, and otherwise let be.
      return EvictionTaint.AS_IS;
    }
    var isTainted = entry.isReleased || entry.taints.hasHealthEviction();
    return switch (entry.node.ready()) {
      case ABSENT, TRUE -> EvictionTaint.AS_IS;
      case FALSE -> isTainted ? EvictionTaint.NOT_READY : EvictionTaint.AS_IS;
      case UNKNOWN -> isTainted ? EvictionTaint.UNREACHABLE : EvictionTaint.AS_IS;
    };
  }

  private static Optional<Write> labels(NodeEntry entry, int attempt) {
    var changes = LabelPlanner.plan(entry.node.labels());
    return changes.isEmpty()
        ? Optional.empty()
        : Optional.of(new PatchNodeLabels(entry.key, changes, attempt));
  }

  /** Takes note of the answer to the write that was under way. */
  void ended(NodeEntry entry, Write write, Outcome outcome, Instant now) {
    var kind = write.kind();
    var version = version(write, entry);
    foreign.ended(entry.key, write, outcome, now);
    switch (outcome) {
      case Outcome.Succeeded(var node, _, _) -> {
        entry.slot.settle(kind);
        if (node == null) {
          // The answer could not be read: the next version shows what came of it.
          entry.slot.conflicted(kind, version, now);
        }
        succeeded(entry, write, now);
      }
      case Outcome.Conflict() -> {
        entry.isLosingReady = false;
        entry.slot.conflicted(kind, version, now);
      }
      // The watch will say that the node is gone, and then nothing is wanted any more.
      case Outcome.NotFound() -> entry.slot.failed(kind, Duration.ZERO, now);
      case Outcome.Failed(var reason, var retryAfter) -> {
        if (entry.slot.failed(kind, retryAfter, now)) {
          outbox.failingEvent(new EventSubject.OfNode(entry.key), write, reason);
        }
        var notBefore = entry.slot.notBefore(kind, version);
        outbox.add(
            new Action.WriteFailed(write, reason, Duration.between(now, notBefore).toSeconds()));
      }
    }
  }

  /** The version that has to be followed by a newer one before the write may be tried at once. */
  private static String version(Write write, NodeEntry entry) {
    return switch (write) {
      case PatchNodeStatus status -> status.resourceVersion();
      case PatchNodeTaints taints -> taints.resourceVersion();
      default -> entry.node.resourceVersion();
    };
  }

  private void succeeded(NodeEntry entry, Write write, Instant now) {
    if (write instanceof PatchNodeStatus) {
      lostReady(entry);
      statusWritten(entry, now);
    } else if (write instanceof PatchNodeTaints taints) {
      outbox.add(new Action.NodeTaintsWritten(entry.key, taints.added(), taints.removed()));
    }
  }

  private void statusWritten(NodeEntry entry, Instant now) {
    var since = entry.unwrittenSince;
    if (since != null) {
      entry.unwrittenSince = null;
      outbox.add(
          new Action.NodeStatusWritten(entry.key, entry.node.zone(), Duration.between(since, now)));
    }
  }

  /** The status write that turned Ready from True to Unknown took effect: people are told once. */
  void lostReady(NodeEntry entry) {
    if (entry.isLosingReady) {
      entry.isLosingReady = false;
      outbox.nodeEvent(entry.key, "NodeNotReady", "status is now: NodeNotReady");
    }
  }
}
