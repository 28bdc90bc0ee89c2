package io.nodelifecycle.core;

import io.nodelifecycle.core.Action.EventSource;
import io.nodelifecycle.core.Action.EventSubject;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.ReadWriters;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.foreign.ForeignFinding;
import io.nodelifecycle.core.foreign.ForeignPolicy;
import io.nodelifecycle.core.foreign.ForeignWrite;
import io.nodelifecycle.core.foreign.ForeignWrites;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeSnapshot;
import java.time.Instant;
import java.util.Optional;

/** Tells {@link ForeignWrites} what is sent, answered and seen, and people what comes of it. */
final class ForeignWatch {
  private static final String REMEDY =
      "two controllers undo each other's work: " + ForeignFinding.REMEDY;

  private final ForeignPolicy policy;
  private final Outbox outbox;
  private final ForeignWrites writes;

  ForeignWatch(ForeignPolicy policy, Outbox outbox) {
    this.policy = policy;
    this.outbox = outbox;
    this.writes = new ForeignWrites(policy.isOn());
  }

  void leads(boolean isLeader, Instant now) {
    writes.leads(isLeader, now);
  }

  /** A write of this process goes out. */
  void sends(NodeKey node, Write write) {
    if (write instanceof PatchNodeStatus) {
      writes.sendsStatus(node);
    } else if (write instanceof PatchNodeTaints taints) {
      writes.sendsTaints(node, taints.added(), taints.removed());
    }
  }

  /** A write of this process was answered. */
  void ended(NodeKey node, Write write, Outcome outcome, Instant now) {
    var isStatus = write instanceof PatchNodeStatus;
    if (!isStatus && !(write instanceof PatchNodeTaints)) {
      return;
    }
    switch (outcome) {
      case Outcome.Succeeded(var answer, _, _) -> {
        var version = answer == null ? "" : answer.resourceVersion();
        writes.ended(node, isStatus, ForeignWrites.End.DONE, version, now);
      }
      case Outcome.Conflict() -> writes.ended(node, isStatus, ForeignWrites.End.REFUSED, "", now);
      case Outcome.NotFound() -> writes.forget(node);
      case Outcome.Failed _ -> writes.ended(node, isStatus, ForeignWrites.End.UNKNOWN, "", now);
    }
  }

  /** A watch showed a newer version of a node; what a list shows may have changed in many steps. */
  void seen(NodeSnapshot before, Observation.NodeSeen seen, Instant now) {
    if (!seen.isListed()) {
      writes.seen(before, seen.node(), now);
    }
  }

  void forget(NodeKey node) {
    writes.forget(node);
  }

  /** Asks who wrote, if that should be looked into now. */
  void advance(Instant now) {
    writes.look(now).ifPresent(write -> outbox.add(new ReadWriters(write)));
  }

  /** Who wrote was read, or could not be: then people are told without a name. */
  void read(ReadWriters read, ReadOutcome outcome) {
    var by =
        outcome instanceof ReadOutcome.Writers writers
            ? read.write().kind() == ForeignWrite.Kind.CONDITIONS
                ? writers.conditions()
                : writers.taints()
            : "";
    writes.looked(by).ifPresent(this::tell);
  }

  private void tell(ForeignFinding finding) {
    outbox.add(new Action.ForeignWriteSeen(finding));
    policy
        .election()
        .ifPresent(lease ->
            outbox.add(
                new Action.SendEvent(
                    new EventSubject.OfElection(lease),
                    true,
                    "ForeignController",
                    finding.writer() + " also writes conditions and taints of nodes; " + REMEDY,
                    EventSource.NODE_CONTROLLER)));
  }

  Instant nextWake() {
    return writes.nextWake();
  }

  Optional<ForeignFinding> last() {
    return writes.last();
  }

  int remembered() {
    return writes.remembered();
  }
}
