package io.nodelifecycle.core;

import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.health.NodeHealth;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeLabels;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.ResourceVersion;
import io.nodelifecycle.core.model.TimeLine;
import io.nodelifecycle.core.schedule.DeadlineQueue;
import io.nodelifecycle.core.zone.Placement;
import io.nodelifecycle.core.zone.ZoneStatus;
import io.nodelifecycle.core.zone.Zones;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of nodes: judges their health, their zones and the cluster, and wants their
 * conditions, taints and labels to be what follows.
 *
 * <p>Only nodes about which something was observed, or whose deadline has come, are looked at.
 */
final class NodeLifecycle {
  private final CorePolicy policy;
  private final Patience patience;
  private final Outbox outbox;
  private final PodLifecycle pods;
  private final TimeoutEviction timeouts;
  private final Zones<NodeEntry> zones;
  private final ForeignWatch foreign;
  private final NodeWrites writes;
  private final LeaseCheck leaseCheck;
  private final HalfGrace halfGrace;
  private final EvictionTurns turns;
  private final Map<String, NodeEntry> nodes = new LinkedHashMap<>();
  private final LeaseTable leases = new LeaseTable();
  private final DeadlineQueue<NodeEntry> deadlines = new DeadlineQueue<>();
  private final Set<NodeEntry> dirty = new LinkedHashSet<>();
  private final Set<NodeEntry> suspects = new LinkedHashSet<>();
  private Instant nextPass = Instant.MIN;
  private long judged;

  NodeLifecycle(
      CorePolicy policy,
      Patience patience,
      Outbox outbox,
      PodLifecycle pods,
      TimeoutEviction timeouts,
      ForeignWatch foreign) {
    this.policy = policy;
    this.patience = patience;
    this.outbox = outbox;
    this.pods = pods;
    this.timeouts = timeouts;
    this.zones = new Zones<>(policy.disruption());
    this.foreign = foreign;
    this.writes = new NodeWrites(policy, patience, zones, outbox, foreign);
    this.leaseCheck = new LeaseCheck(policy, patience, outbox, leases::version);
    this.halfGrace = new HalfGrace(policy.health());
    this.turns = new EvictionTurns(zones, halfGrace, patience, timeouts, pods, outbox, dirty::add);
  }

  /**
   * A node was seen.
   *
   * @param isFirstList it belongs to the first list after a start
   * @param generation the current list's number
   */
  void seen(NodeSeen observation, boolean isFirstList, int generation, Instant now) {
    var node = observation.node();
    var entry = nodes.get(node.name());
    if (entry != null && !entry.key.uid().equals(node.uid())) {
      forget(entry, now);
      entry = null;
    }
    var firstListClock = isFirstList ? observation.wallClock() : null;
    if (entry == null) {
      entry = new NodeEntry(node, NodeHealth.firstSeen(node, observation.wallClock(), now));
      entry.isToBeRegistered = !isFirstList || node.ready() == ConditionStatus.ABSENT;
      nodes.put(node.name(), entry);
      pods.touchNode(node.name());
      var lease = leases.version(node.name());
      if (lease != null) {
        entry.health.leaseSeen(lease, now);
      }
      accept(entry, node, firstListClock, now);
    } else if (observation.isListed()
        || !ResourceVersion.isOlder(node.resourceVersion(), entry.node.resourceVersion())) {
      foreign.seen(entry.node, observation, now);
      accept(entry, node, firstListClock, now);
    }
    entry.generation = generation;
  }

  private void accept(
      NodeEntry entry, NodeSnapshot node, @Nullable Instant firstListClock, Instant now) {
    var before = entry.node.ready();
    entry.node = node;
    entry.health.statusSeen(node, now);
    var taints = entry.taints.after(node.taints(), firstListClock, now);
    if (before != node.ready()) {
      outbox.add(
          new Action.NodeReadyChanged(
              entry.key, node.zone(), before.toString(), node.ready().toString()));
      if (node.ready() == ConditionStatus.UNKNOWN) {
        entry.unknownEpisode++;
        // Also if the answer to the write was lost.
        writes.lostReady(entry);
      }
    }
    if (before != node.ready() || taints != entry.taints) {
      pods.touchNode(node.name());
    }
    entry.taints = taints;
    halfGrace.seen(entry);
    dirty.add(entry);
  }

  /** Whether this process may act from now on. */
  void leads(boolean isLeader, Instant now) {
    turns.leads(isLeader, nodes.values(), now);
  }

  /** A node was deleted. */
  void gone(String name, String uid, Instant now) {
    var entry = nodes.get(name);
    if (entry != null && entry.key.uid().equals(uid)) {
      forget(entry, now);
    }
  }

  private void forget(NodeEntry entry, Instant now) {
    nodes.remove(entry.key.name());
    dirty.remove(entry);
    suspects.remove(entry);
    leaseCheck.dismiss(entry);
    halfGrace.forget(entry);
    foreign.forget(entry.key);
    deadlines.cancel(entry);
    zones.remove(entry, now);
    // Its zone has to be judged anew before anything rests on the old verdict.
    nextPass = now;
    pods.touchNode(entry.key.name());
    if (policy.hasNodeLifecycle()) {
      outbox.nodeEvent(
          entry.key,
          "RemovingNode",
          "event: Removing Node " + entry.key.name() + " from Controller");
    }
  }

  /** A lease was seen; any change of it is a heartbeat of its node. */
  void leaseSeen(String nodeName, String resourceVersion, int generation, Instant now) {
    leases.seen(nodeName, resourceVersion, generation);
    leaseCheck.reached(resourceVersion, now);
    var entry = nodes.get(nodeName);
    if (entry != null && entry.health.leaseSeen(resourceVersion, now)) {
      halfGrace.seen(entry);
      if (entry.isSilent || leaseCheck.isPending(entry)) {
        dirty.add(entry);
      }
    }
  }

  /** A lease was deleted. */
  void leaseGone(String nodeName) {
    leases.gone(nodeName);
    var entry = nodes.get(nodeName);
    if (entry != null) {
      entry.health.leaseGone();
    }
  }

  /** The list of nodes is complete: the others are gone. */
  void nodesListed(int generation, Instant now) {
    for (var entry : List.copyOf(nodes.values())) {
      if (entry.generation != generation) {
        forget(entry, now);
      }
    }
  }

  /** The list of leases is complete: the others are gone. */
  void leasesListed(int generation, Instant now) {
    leases.missingIn(generation).forEach(this::leaseGone);
    leaseCheck.listed(generation, now);
  }

  /** The node of this name, null if there is none. */
  @Nullable NodeEntry find(String name) {
    return nodes.get(name);
  }

  /** How many nodes there are. */
  int count() {
    return nodes.size();
  }

  /** How many things are kept. */
  int remembered() {
    return nodes.size()
        + leases.size()
        + zones.remembered()
        + deadlines.size()
        + dirty.size()
        + suspects.size()
        + leaseCheck.remembered()
        + halfGrace.remembered();
  }

  /** How often a node was judged since the start. */
  long judged() {
    return judged;
  }

  /** How the zones are doing, as of the last judgement. */
  List<ZoneStatus> zones() {
    return zones.status();
  }

  /** Whether every zone looks dead, so that nothing may be concluded about any node. */
  boolean isStopped() {
    return zones.isStopped();
  }

  /**
   * Whether nothing may rest on the health of nodes: every zone looks dead, or may turn out to. A
   * node whose silence is still to be confirmed counts as ready until then.
   */
  boolean isHeld(Instant now) {
    return zones.isStopped() || !turns.isSomeZoneSafe(now);
  }

  /** Judges what has changed and what is due, zones before the taints that rest on them. */
  void advance(Instant now) {
    if (!policy.hasNodeLifecycle()) {
      dirty.clear();
      return;
    }
    var due = deadlines.poll(now);
    while (due.isPresent()) {
      dirty.add(due.get());
      due = deadlines.poll(now);
    }
    if (patience.isOver(now)) {
      dirty.addAll(suspects);
      suspects.clear();
    }
    if (!dirty.isEmpty() || !now.isBefore(nextPass)) {
      nextPass = now.plus(policy.health().monitorPeriod());
      dirty.forEach(entry -> judge(entry, now));
      judgeZones(now);
      dirty.forEach(entry -> {
        shed(entry);
        turns.queue(entry, now);
      });
    }
    turns.release(now);
    dirty.forEach(entry -> want(entry, now));
    dirty.clear();
    leaseCheck.advance(now);
  }

  private void judge(NodeEntry entry, Instant now) {
    judged++;
    if (entry.isToBeRegistered) {
      entry.isToBeRegistered = false;
      outbox.nodeEvent(
          entry.key,
          "RegisteredNode",
          "event: Registered Node " + entry.key.name() + " in Controller");
    }
    judgeSilence(entry, now);
    var isCounted = !entry.node.labels().containsKey(NodeLabels.EXCLUDE_DISRUPTION);
    var isReady = entry.node.ready() == ConditionStatus.TRUE && !entry.isSilent;
    zones.place(entry, new Placement(entry.node.zone(), isCounted, isReady), now);
  }

  private void judgeSilence(NodeEntry entry, Instant now) {
    if (!entry.health.isSilent(policy.health(), now)) {
      leaseCheck.dismiss(entry);
      if (entry.isSilent) {
        entry.isSilent = false;
        entry.unwrittenSince = null;
        outbox.add(new Action.NodeHeard(entry.key));
      }
    } else if (!entry.isSilent && !patience.isOver(now)) {
      leaseCheck.dismiss(entry);
      suspects.add(entry);
    } else if (!entry.isSilent && leaseCheck.isConfirmed(entry, now)) {
      entry.isSilent = true;
      entry.unwrittenSince = entry.health.graceEnd(policy.health());
      var unheard = Duration.between(entry.health.probe(), now).toSeconds();
      outbox.add(new Action.NodeSilent(entry.key, entry.node.zone(), unheard));
    }
  }

  private void judgeZones(Instant now) {
    var wasStopped = zones.isStopped();
    announceZones(now);
    if (wasStopped == zones.isStopped()) {
      return;
    }
    outbox.add(new Action.ClusterStopChanged(zones.isStopped()));
    for (var entry : nodes.values()) {
      entry.isReleased = false;
      if (wasStopped) {
        entry.health.restart(now);
        halfGrace.seen(entry);
      } else {
        // A write that is under way may still bring a taint.
        entry.isShedding = entry.slot.isUnderWay();
      }
      dirty.add(entry);
    }
    if (wasStopped) {
      dirty.forEach(entry -> judge(entry, now));
      announceZones(now);
    }
  }

  private void shed(NodeEntry entry) {
    entry.isShedding =
        entry.taints.hasHealthEviction()
            ? entry.isShedding || zones.isStopped()
            : entry.isShedding && entry.slot.isUnderWay();
  }

  private void announceZones(Instant now) {
    for (var change : zones.evaluate(now)) {
      outbox.add(new Action.ZoneChanged(change));
    }
    zones.forgotten().forEach(zone -> outbox.add(new Action.ZoneForgotten(zone)));
  }

  /** Which pods belong to DaemonSets changed: those of evicted nodes are looked at again. */
  void daemonSetsChanged() {
    for (var entry : nodes.values()) {
      if (timeouts.isEvicted(entry)) {
        pods.touchNode(entry.key.name());
      }
    }
  }

  private void want(NodeEntry entry, Instant now) {
    var retry = writes.offer(entry, now);
    if (entry.isSilent && !patience.isOver(now)) {
      suspects.add(entry);
    }
    var silence =
        entry.isSilent || suspects.contains(entry) || leaseCheck.isPending(entry)
            ? Instant.MAX
            : entry.health.graceEnd(policy.health()).plusNanos(1);
    deadlines.set(
        entry, TimeLine.earlier(TimeLine.earlier(retry, silence), turns.timeout(entry, now)));
  }

  /** When {@link #advance} has something to do again. */
  Instant nextWake(Instant now) {
    if (!policy.hasNodeLifecycle()) {
      return Instant.MAX;
    }
    if (!dirty.isEmpty()) {
      return now;
    }
    var next = TimeLine.earlier(deadlines.earliest(), nextPass);
    next = TimeLine.earlier(next, turns.nextWake(now));
    next = TimeLine.earlier(next, leaseCheck.nextWake());
    return suspects.isEmpty() ? next : TimeLine.earlier(next, patience.end());
  }

  private @Nullable NodeEntry find(NodeKey key) {
    var entry = nodes.get(key.name());
    return entry != null && entry.key.equals(key) ? entry : null;
  }

  /** Whether this is the write to a node that waits. */
  boolean isWaiting(NodeKey key, Write write) {
    var entry = find(key);
    return entry != null && entry.slot.isWaiting(write);
  }

  /** The write in the form in which it is wanted now, if it still is; see {@link NodeWrites}. */
  Optional<Write> confirm(NodeKey key, Write write, Instant now) {
    var entry = find(key);
    if (entry == null) {
      return Optional.empty();
    }
    var confirmed = writes.confirm(entry, write, now);
    if (confirmed.isEmpty()) {
      dirty.add(entry);
    }
    return confirmed;
  }

  /** A write to a node was answered. */
  void ended(NodeKey key, Write write, Outcome outcome, Instant now) {
    var entry = find(key);
    if (entry == null || !entry.slot.ended(write)) {
      return;
    }
    if (outcome instanceof Outcome.Succeeded(var node, _, _)
        && node != null
        && node.uid().equals(key.uid())) {
      takeAnswer(entry, node, now);
    }
    writes.ended(entry, write, outcome, now);
    dirty.add(entry);
  }

  private void takeAnswer(NodeEntry entry, NodeSnapshot node, Instant now) {
    if (!ResourceVersion.isOlder(node.resourceVersion(), entry.node.resourceVersion())) {
      accept(entry, node, null, now);
    }
  }

  /** What checks silence against live leases. */
  LeaseCheck leaseCheck() {
    return leaseCheck;
  }

  /** Leases were read live. */
  void leasesRead(Read read, ReadOutcome outcome, int generation, Instant now) {
    dirty.addAll(leaseCheck.ended(read, outcome, generation, now));
  }

  /** A node was read live: it is taken like the answer to a write. */
  void nodeRead(Action.ReadNode read, ReadOutcome outcome, Instant now) {
    var entry = find(read.node());
    if (entry == null) {
      return;
    }
    var node = entry.live.ended(read, outcome, entry.node, outbox, now);
    if (node != null) {
      takeAnswer(entry, node, now);
    }
  }
}
