package io.nodelifecycle.core;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.Kind;
import io.nodelifecycle.core.Action.MarkDisruptionTarget;
import io.nodelifecycle.core.Action.MarkNodeLost;
import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.PodSeen;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.ResourceVersion;
import io.nodelifecycle.core.model.TimeLine;
import io.nodelifecycle.core.schedule.DeadlineQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers pods and wants of each what follows from its node: not ready while the node is unknown
 * ({@link PodReadiness}), deleted when its taints say so ({@link TaintEviction}) or, without
 * taints, when it has been failed for too long ({@link TimeoutEviction}).
 *
 * <p>A pod on a healthy node without NoExecute taints costs nothing but its place in the index.
 */
final class PodLifecycle {
  private static final List<Kind> KINDS =
      List.of(Kind.POD_NOT_READY, Kind.NODE_LOST, Kind.POD_DELETION);

  private final CorePolicy policy;
  private final Patience patience;
  private final Outbox outbox;
  private final PodReadiness readiness;
  private final TaintEviction eviction;
  private final TimeoutEviction timeouts;
  private final Function<String, @Nullable NodeEntry> nodes;
  private final PodIndex pods = new PodIndex();
  private final DeadlineQueue<PodEntry> deadlines = new DeadlineQueue<>();
  private final Set<PodEntry> dirty = new LinkedHashSet<>();
  private final Set<PodEntry> held = new LinkedHashSet<>();
  private final PendingEvictions evictions = new PendingEvictions();

  PodLifecycle(
      CorePolicy policy,
      Patience patience,
      Outbox outbox,
      PodReadiness readiness,
      TaintEviction eviction,
      TimeoutEviction timeouts,
      Function<String, @Nullable NodeEntry> nodes) {
    this.policy = policy;
    this.patience = patience;
    this.outbox = outbox;
    this.readiness = readiness;
    this.eviction = eviction;
    this.timeouts = timeouts;
    this.nodes = nodes;
  }

  /**
   * A bound pod was seen.
   *
   * @param isFirstList it belongs to the first list after a start: it counts as bound since it was
   *     bound
   * @param generation the current list's number
   */
  void seen(PodSeen observation, boolean isFirstList, int generation, Instant now) {
    var pod = observation.pod();
    var entry = pods.find(pod.key());
    if (entry == null) {
      var boundAt = pod.boundAt();
      entry =
          pods.add(
              pod,
              isFirstList && boundAt != null
                  ? TimeLine.at(boundAt, observation.wallClock(), now)
                  : now);
    } else if (observation.isListed()
        || !ResourceVersion.isOlder(pod.resourceVersion(), entry.pod.resourceVersion())) {
      accept(entry, pod, now);
    }
    entry.generation = generation;
    touch(entry);
  }

  private void accept(PodEntry entry, PodSnapshot pod, Instant now) {
    if (!entry.pod.nodeName().equals(pod.nodeName())) {
      entry.boundAt(now);
    }
    pods.update(entry, pod);
  }

  private void touch(PodEntry entry) {
    var node = nodes.apply(entry.pod.nodeName());
    if (entry.work != null
        || (node != null
            && (!node.taints.isEmpty()
                || node.node.ready() == ConditionStatus.UNKNOWN
                || timeouts.isEvicted(node)))) {
      dirty.add(entry);
    }
  }

  /** A pod was deleted. */
  void gone(PodKey key) {
    var entry = pods.find(key);
    if (entry != null) {
      forget(entry);
    }
  }

  private void forget(PodEntry entry) {
    eviction.cancel(entry);
    pods.remove(entry);
    dirty.remove(entry);
    held.remove(entry);
    evictions.forget(entry);
    deadlines.cancel(entry);
  }

  /** The list of pods is complete: the others are gone. */
  void listed(int generation) {
    var gone = new ArrayList<PodEntry>();
    pods.forEach(entry -> {
      if (entry.generation != generation) {
        gone.add(entry);
      }
    });
    gone.forEach(this::forget);
  }

  /**
   * Something about a node changed that its pods depend on.
   *
   * @return how many pods it has
   */
  int touchNode(String nodeName) {
    var touched = pods.onNode(nodeName);
    dirty.addAll(touched);
    return touched.size();
  }

  /** Whether an eviction without taints has done all that it does to the pods of the node. */
  boolean isEmptied(String nodeName) {
    return pods.onNode(nodeName).stream().allMatch(timeouts::isDone);
  }

  /** How many pods there are. */
  int count() {
    return pods.size();
  }

  /** How many things are kept. */
  int remembered() {
    var busy = new ArrayList<PodEntry>();
    pods.forEach(entry -> {
      if (entry.work != null) {
        busy.add(entry);
      }
    });
    return count()
        + busy.size()
        + deadlines.size()
        + dirty.size()
        + held.size()
        + evictions.count();
  }

  /** The pods that are to go. */
  PendingEvictions evictions() {
    return evictions;
  }

  /**
   * Looks at the pods about which something changed and at those whose deadline has come.
   *
   * @param isHeld nothing may rest on the health of nodes, until one is heard
   */
  void advance(boolean isHeld, Instant now) {
    var due = deadlines.poll(now);
    while (due.isPresent()) {
      dirty.add(due.get());
      due = deadlines.poll(now);
    }
    if (!held.isEmpty() && !isHeld && patience.isOver(now)) {
      dirty.addAll(held);
    }
    dirty.forEach(entry -> want(entry, isHeld, now));
    dirty.clear();
  }

  private void want(PodEntry entry, boolean isHeld, Instant now) {
    var node = nodes.apply(entry.pod.nodeName());
    var verdicts = judge(entry, node, isHeld, now);
    if (verdicts.areHeld()) {
      held.add(entry);
    } else {
      held.remove(entry);
    }
    evictions.note(entry, verdicts.mostUrgent(), now);
    var next = offer(entry, node, verdicts, now);
    next = TimeLine.earlier(next, timer(entry, node, verdicts.byTaints, now));
    var mark = readiness.nextMark(entry, node, now);
    deadlines.set(entry, mark.isAfter(now) ? TimeLine.earlier(next, mark) : next);
    entry.settle();
  }

  /** What becomes of a pod, by both ways of evicting. */
  private record Verdicts(EvictionVerdict byTaints, EvictionVerdict byTimeout) {
    boolean areHeld() {
      return byTaints == EvictionVerdict.HELD || byTimeout == EvictionVerdict.HELD;
    }

    EvictionVerdict mostUrgent() {
      return byTaints.compareTo(byTimeout) < 0 ? byTimeout : byTaints;
    }
  }

  private Verdicts judge(PodEntry entry, @Nullable NodeEntry node, boolean isHeld, Instant now) {
    return new Verdicts(
        eviction.judge(entry, node, isHeld, now), timeouts.judge(entry, node, isHeld, now));
  }

  /** When the pod's own countdown ends, as far as something follows from it. */
  private Instant timer(
      PodEntry entry, @Nullable NodeEntry node, EvictionVerdict verdict, Instant now) {
    var work = entry.work;
    return switch (verdict) {
      case WAITS -> work != null && work.timer != null ? work.timer : Instant.MAX;
      case HELD -> node == null ? Instant.MAX : eviction.deadlineByHand(entry, node, now);
      case STAYS ->
          node == null || node.taints.isEmpty() || work == null || work.timer == null
              ? Instant.MAX
              : eviction.deadlineByHand(entry, node, now);
      case GOES -> Instant.MAX;
    };
  }

  /** Lets the most urgent wanted write wait; returns when one that failed may be tried again. */
  private Instant offer(PodEntry entry, @Nullable NodeEntry node, Verdicts verdicts, Instant now) {
    var retry = Instant.MAX;
    if (entry.work != null && entry.work.slot.isUnderWay()) {
      return retry;
    }
    for (var kind : KINDS) {
      var wanted = wanted(kind, entry, node, verdicts, now);
      if (wanted.isEmpty()) {
        if (entry.work != null) {
          entry.work.slot.settle(kind);
        }
        continue;
      }
      var slot = entry.work().slot;
      var notBefore =
          TimeLine.later(slot.notBefore(kind, entry.pod.resourceVersion()), readable(kind, node));
      if (notBefore.isAfter(now)) {
        retry = TimeLine.earlier(retry, notBefore);
      } else {
        if (!slot.isWaitingFor(kind)) {
          slot.offer(wanted.get());
          outbox.add(wanted.get());
        }
        return retry;
      }
    }
    if (entry.work != null) {
      entry.work.slot.withdraw();
    }
    return retry;
  }

  private Optional<Write> wanted(
      Kind kind, PodEntry entry, @Nullable NodeEntry node, Verdicts verdicts, Instant now) {
    var attempt = entry.work == null ? 0 : entry.work.slot.attempts(kind);
    var pod = entry.pod;
    return switch (kind) {
      case POD_NOT_READY ->
          readiness.isMarkWanted(entry, node, now)
              ? Optional.of(new MarkPodNotReady(pod.key(), pod.resourceVersion(), attempt))
              : Optional.empty();
      case POD_DELETION ->
          verdicts.byTaints == EvictionVerdict.GOES
              ? Optional.of(deletion(entry, attempt))
              : deletionByTimeout(entry, verdicts.byTimeout, attempt);
      case NODE_LOST ->
          verdicts.byTimeout != EvictionVerdict.HELD && timeouts.isNodeLost(entry, node, now)
              ? Optional.of(
                  new MarkNodeLost(pod.key(), pod.resourceVersion(), pod.nodeName(), attempt))
              : Optional.empty();
      case NODE_STATUS, NODE_TAINTS, NODE_LABELS -> Optional.empty();
    };
  }

  /** Goes after the pod's status says why, unless that cannot be written. */
  private static Optional<Write> deletionByTimeout(
      PodEntry entry, EvictionVerdict verdict, int attempt) {
    var isTold =
        entry.pod.isNodeLost() || (entry.work != null && entry.work.slot.hasFailed(Kind.NODE_LOST));
    return isTold && verdict == EvictionVerdict.GOES
        ? Optional.of(new DeletePod(entry.pod.key(), entry.pod.nodeName(), false, attempt))
        : Optional.empty();
  }

  private Write deletion(PodEntry entry, int attempt) {
    var pod = entry.pod;
    return eviction.needsCondition(entry)
        ? new MarkDisruptionTarget(pod.key(), pod.resourceVersion(), pod.nodeName(), attempt)
        : new DeletePod(pod.key(), pod.nodeName(), true, attempt);
  }

  /** When {@link #advance} has something to do again. */
  Instant nextWake(boolean isHeld, Instant now) {
    if (!dirty.isEmpty()) {
      return now;
    }
    return held.isEmpty() || isHeld
        ? deadlines.earliest()
        : TimeLine.earlier(deadlines.earliest(), patience.end());
  }

  /** When a write that rests on a live read of the node may be tried: the past, unless it fails. */
  private Instant readable(Kind kind, @Nullable NodeEntry node) {
    return isGuarded(kind) && node != null ? node.live.notBefore() : Instant.MIN;
  }

  private boolean isGuarded(Kind kind) {
    return kind.priority() == Action.Priority.POD_DELETION && policy.live().hasTaints();
  }

  /** Whether this is the write to a pod that waits. */
  boolean isWaiting(PodKey key, Write write) {
    var entry = pods.find(key);
    return entry != null && entry.work != null && entry.work.slot.isWaiting(write);
  }

  /**
   * The waiting write in the form in which it is wanted now; then it counts as sent. A deletion,
   * and what is written before it, rest on a live read of the node that is a second old at most.
   */
  Confirmation confirm(PodKey key, Write write, boolean isHeld, Instant now) {
    var entry = pods.find(key);
    if (entry == null || entry.work == null || !entry.work.slot.isWaiting(write)) {
      return Confirmation.DROP;
    }
    var kind = write.kind();
    var node = nodes.apply(entry.pod.nodeName());
    var wanted = wanted(kind, entry, node, judge(entry, node, isHeld, now), now);
    if (wanted.isEmpty() || readable(kind, node).isAfter(now)) {
      entry.work.slot.withdraw();
      dirty.add(entry);
      return Confirmation.DROP;
    }
    if (isGuarded(kind) && node != null && !node.live.isValid(now)) {
      return new Confirmation.ReadFirst(new Action.ReadNode(node.key));
    }
    entry.work.slot.send(wanted.get());
    mark(entry, wanted.get());
    return new Confirmation.Send(wanted.get());
  }

  /** A node was read live; says which of its pods were about to be deleted and are not any more. */
  void nodeRead(String nodeName, boolean isAnswered, boolean isHeld, Instant now) {
    var node = nodes.apply(nodeName);
    for (var entry : pods.onNode(nodeName)) {
      var work = entry.work;
      if (work == null || !isWaitingToGo(work.slot)) {
        continue;
      }
      dirty.add(entry);
      if (isAnswered
          && !entry.isEnding()
          && evictions.isDue(entry)
          && isToStay(entry, node, isHeld, now)) {
        outbox.add(new Action.EvictionAverted(entry.pod.key(), nodeName));
      }
    }
  }

  private boolean isToStay(PodEntry entry, @Nullable NodeEntry node, boolean isHeld, Instant now) {
    var verdicts = judge(entry, node, isHeld, now);
    return wanted(Kind.NODE_LOST, entry, node, verdicts, now).isEmpty()
        && wanted(Kind.POD_DELETION, entry, node, verdicts, now).isEmpty();
  }

  private static boolean isWaitingToGo(WriteSlot slot) {
    return slot.isWaitingFor(Kind.POD_DELETION) || slot.isWaitingFor(Kind.NODE_LOST);
  }

  /** The first write of a deletion goes out: people are told, once. */
  private void mark(PodEntry entry, Write write) {
    var work = entry.work();
    if (work.isMarked) {
      return;
    }
    switch (write) {
      case MarkDisruptionTarget mark -> eviction.mark(mark.pod());
      case DeletePod(var pod, var nodeName, var isByTaints, _) -> {
        if (isByTaints) {
          eviction.mark(pod);
        } else {
          outbox.timeoutEvent(pod, nodeName);
        }
      }
      case MarkPodNotReady _,
          MarkNodeLost _,
          Action.PatchNodeStatus _,
          Action.PatchNodeTaints _,
          Action.PatchNodeLabels _ -> {
        return;
      }
    }
    work.isMarked = true;
  }

  /** A write to a pod was answered. */
  void ended(PodKey key, Write write, Outcome outcome, Instant now) {
    var entry = pods.find(key);
    if (entry == null || entry.work == null || !entry.work.slot.ended(write)) {
      return;
    }
    switch (outcome) {
      case Outcome.Succeeded(_, var pod, _) -> succeeded(entry, write, pod, now);
      case Outcome.Conflict() -> conflicted(entry, write, now);
      case Outcome.NotFound() -> entry.work.isGone = true;
      case Outcome.Failed(var reason, var retryAfter) ->
          failed(entry, write, reason, retryAfter, now);
    }
    dirty.add(entry);
  }

  private void succeeded(PodEntry entry, Write write, @Nullable PodSnapshot pod, Instant now) {
    var work = entry.work();
    work.slot.settle(write.kind());
    var isReadable = pod != null && pod.key().equals(entry.pod.key());
    if (pod != null
        && isReadable
        && !ResourceVersion.isOlder(pod.resourceVersion(), entry.pod.resourceVersion())) {
      accept(entry, pod, now);
    }
    switch (write) {
      case MarkPodNotReady mark -> {
        readiness.marked(entry, nodes.apply(entry.pod.nodeName()), now);
        if (!isReadable) {
          // The answer could not be read: the next version shows what came of it.
          work.slot.conflicted(mark.kind(), mark.resourceVersion(), now);
        }
      }
      case MarkDisruptionTarget _ -> work.hasCondition = true;
      case MarkNodeLost mark -> {
        if (!isReadable) {
          work.slot.conflicted(mark.kind(), mark.resourceVersion(), now);
        }
      }
      case DeletePod delete -> {
        work.isDeleted = true;
        outbox.add(
            new Action.PodDeleted(
                delete.pod(),
                delete.nodeName(),
                delete.isByTaints(),
                evictions.sinceDue(entry, now)));
      }
      case Action.PatchNodeStatus _, Action.PatchNodeTaints _, Action.PatchNodeLabels _ -> {}
    }
  }

  private void conflicted(PodEntry entry, Write write, Instant now) {
    var work = entry.work();
    switch (write) {
      case MarkPodNotReady mark -> work.slot.conflicted(mark.kind(), mark.resourceVersion(), now);
      case MarkDisruptionTarget mark ->
          work.slot.conflicted(mark.kind(), mark.resourceVersion(), now);
      case MarkNodeLost mark -> work.slot.conflicted(mark.kind(), mark.resourceVersion(), now);
      // Only the uid was asked for. If it is another pod by now the watch will tell, and if not,
      // the
      // deletion must not be forgotten.
      case DeletePod _ ->
          failed(entry, write, "the object is another one by now", Duration.ZERO, now);
      case Action.PatchNodeStatus _, Action.PatchNodeTaints _, Action.PatchNodeLabels _ -> {}
    }
  }

  private void failed(
      PodEntry entry, Write write, String reason, Duration retryAfter, Instant now) {
    var slot = entry.work().slot;
    if (slot.failed(write.kind(), retryAfter, now)) {
      outbox.failingEvent(new Action.EventSubject.OfPod(entry.pod.key()), write, reason);
    }
    var notBefore = slot.notBefore(write.kind(), "");
    outbox.add(new Action.WriteFailed(write, reason, Duration.between(now, notBefore).toSeconds()));
  }
}
