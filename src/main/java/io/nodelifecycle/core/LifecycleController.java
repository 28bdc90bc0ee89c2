package io.nodelifecycle.core;

import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.foreign.ForeignPolicy;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.TimeLine;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The deciding part as a whole: takes observations, and returns what is to be done.
 *
 * <p>Not thread-safe: one thread owns it. All methods take the present as their last argument; it
 * never goes back. Nothing is decided before all caches are complete.
 */
public final class LifecycleController {
  private final Outbox outbox = new Outbox();
  private final Patience patience;
  private final NodeLifecycle nodes;
  private final PodLifecycle pods;
  private final ForeignWatch foreign;
  private final DaemonSets daemonSets = new DaemonSets();
  private final Duration graceOfPatience;
  private final Map<Resource, Integer> generations = new EnumMap<>(Resource.class);
  private final Set<Resource> missing;

  /** A controller that knows nothing yet. */
  public LifecycleController(CorePolicy policy) {
    missing = EnumSet.copyOf(policy.resources());
    patience = new Patience(policy.health());
    // Who leaves node health to another controller expects that one's writes.
    foreign =
        new ForeignWatch(policy.hasNodeLifecycle() ? policy.foreign() : ForeignPolicy.OFF, outbox);
    var timeouts = new TimeoutEviction(policy, patience, daemonSets);
    graceOfPatience = policy.health().monitorGrace();
    pods =
        new PodLifecycle(
            policy,
            patience,
            outbox,
            new PodReadiness(policy, outbox),
            new TaintEviction(policy, patience, outbox),
            timeouts,
            name -> node(name));
    nodes = new NodeLifecycle(policy, patience, outbox, pods, timeouts, foreign);
    for (var resource : Resource.values()) {
      generations.put(resource, 0);
    }
  }

  private @Nullable NodeEntry node(String name) {
    return nodes.find(name);
  }

  /** Takes note of something that was seen. What follows from it is up to {@link #advance}. */
  public void observe(Observation observation, Instant now) {
    switch (observation) {
      case Observation.ListBegin(var resource) -> generations.merge(resource, 1, Integer::sum);
      case Observation.ListEnd(var resource) -> listed(resource, now);
      case Observation.NodeSeen seen ->
          nodes.seen(seen, missing.contains(Resource.NODES), generation(Resource.NODES), now);
      case Observation.NodeGone(var name, var uid) -> nodes.gone(name, uid, now);
      case Observation.PodSeen seen ->
          pods.seen(seen, missing.contains(Resource.PODS), generation(Resource.PODS), now);
      case Observation.PodGone(var key) -> pods.gone(key);
      case Observation.LeaseSeen(var name, var version) ->
          nodes.leaseSeen(name, version, generation(Resource.LEASES), now);
      case Observation.LeaseGone(var name) -> nodes.leaseGone(name);
      case Observation.DaemonSetSeen(var daemonSet) ->
          daemonSetsChanged(daemonSets.seen(daemonSet, generation(Resource.DAEMON_SETS)));
      case Observation.DaemonSetGone(var uid) -> daemonSetsChanged(daemonSets.gone(uid));
      case Observation.WatchBroken(var resource) -> patience.broke(resource);
      case Observation.WatchRestored(var resource, var gap) -> {
        if (patience.restored(resource, gap, now)) {
          blinded(
              "the watch of " + resource.plural() + " was broken for " + gap.toSeconds() + " s");
        }
      }
      case Observation.Paused(var gap) -> {
        if (patience.blinded(gap, now)) {
          blinded("this process was stopped for " + gap.toSeconds() + " s");
        }
      }
      case Observation.WriteEnded(var write, var outcome) -> ended(write, outcome, now);
      case Observation.ReadEnded(var read, var outcome) -> ended(read, outcome, now);
    }
  }

  /** Whether this process may act now: it is then to be told before each step's observations. */
  public void leads(boolean isLeader, Instant now) {
    foreign.leads(isLeader, now);
    nodes.leads(isLeader, now);
  }

  private void daemonSetsChanged(boolean isChanged) {
    if (isChanged) {
      nodes.daemonSetsChanged();
    }
  }

  private int generation(Resource resource) {
    return generations.getOrDefault(resource, 0);
  }

  private void blinded(String why) {
    outbox.add(new Action.Blinded(why, graceOfPatience.toSeconds()));
  }

  private void listed(Resource resource, Instant now) {
    switch (resource) {
      case NODES -> nodes.nodesListed(generation(resource), now);
      case PODS -> pods.listed(generation(resource));
      case LEASES -> nodes.leasesListed(generation(resource), now);
      case DAEMON_SETS -> daemonSetsChanged(daemonSets.listed(generation(resource)));
    }
    if (missing.remove(resource) && missing.isEmpty()) {
      patience.started(now);
      outbox.add(new Action.Synced(nodes.count(), pods.count()));
    }
  }

  private void ended(Write write, Outcome outcome, Instant now) {
    switch (write) {
      case Action.NodeWrite toNode -> nodes.ended(toNode.node(), write, outcome, now);
      case Action.PodWrite toPod -> pods.ended(toPod.pod(), write, outcome, now);
    }
  }

  private void ended(Read read, ReadOutcome outcome, Instant now) {
    switch (read) {
      case Action.ReadLease _, Action.ReadLeases _ ->
          nodes.leasesRead(read, outcome, generation(Resource.LEASES), now);
      case Action.ReadWriters writers -> foreign.read(writers, outcome);
      case Action.ReadNode node -> {
        nodes.nodeRead(node, outcome, now);
        var entry = nodes.find(node.node().name());
        var isAnswered = entry != null && entry.live.isValid(now);
        pods.nodeRead(node.node().name(), isAnswered, nodes.isHeld(now), now);
      }
    }
  }

  /** Judges everything that changed or is due, and returns what is to be done, in order. */
  public List<Action> advance(Instant now) {
    if (missing.isEmpty()) {
      nodes.advance(now);
      pods.advance(nodes.isHeld(now), now);
      foreign.advance(now);
    }
    return outbox.drain();
  }

  /**
   * When {@link #advance} has something to do again; {@link Instant#MAX} if only an observation
   * can.
   */
  public Instant nextWake(Instant now) {
    if (!outbox.isEmpty()) {
      return now;
    }
    if (!missing.isEmpty()) {
      return Instant.MAX;
    }
    var byNodes = nodes.nextWake(now);
    var byPods = pods.nextWake(nodes.isHeld(now), now);
    return TimeLine.earlier(TimeLine.earlier(byNodes, byPods), foreign.nextWake());
  }

  /**
   * Asks, right before it is sent, whether a request that {@link #advance} returned, or that a
   * confirmation asked for, is still wanted, and in which form.
   */
  public Confirmation confirm(Request request, Instant now) {
    return switch (request) {
      case Action.NodeWrite write -> confirmNode(write.node(), write, now);
      case Action.PodWrite write -> pods.confirm(write.pod(), write, nodes.isHeld(now), now);
      case Action.ReadLease _, Action.ReadLeases _ -> nodes.leaseCheck().confirm(now);
      case Action.ReadNode read -> new Confirmation.Send(read);
      case Action.ReadWriters read -> new Confirmation.Send(read);
    };
  }

  /**
   * Whether a write that {@link #advance} returned still waits for its turn. Unlike {@link
   * #confirm} this changes nothing.
   */
  public boolean isWaiting(Write write) {
    return switch (write) {
      case Action.NodeWrite toNode -> nodes.isWaiting(toNode.node(), write);
      case Action.PodWrite toPod -> pods.isWaiting(toPod.pod(), write);
    };
  }

  private Confirmation confirmNode(NodeKey node, Write write, Instant now) {
    return nodes
        .confirm(node, write, now)
        .<Confirmation>map(Confirmation.Send::new)
        .orElse(Confirmation.DROP);
  }

  /**
   * Since when the watch of leases is known to lack renewals, so that no node is declared silent;
   * empty while nothing of that kind is known.
   */
  public Optional<Instant> leasesBehindSince() {
    return Optional.ofNullable(nodes.leaseCheck().behindSince());
  }

  /** How everything is doing. Costs the same whatever the number of nodes and pods. */
  public LifecycleStatus status(Instant now) {
    return new LifecycleStatus(
        nodes.count(),
        pods.count(),
        nodes.zones(),
        nodes.isStopped(),
        !patience.isOver(now),
        pods.evictions().count(),
        pods.evictions().nextDeadline(),
        foreign.last());
  }

  /** How often a node was judged since the start. */
  public long judgedNodes() {
    return nodes.judged();
  }

  /**
   * How many things are kept: entries, deadlines, places in queues. Counts all pods, so it is to be
   * asked now and then only.
   */
  public int remembered() {
    return nodes.remembered() + pods.remembered() + daemonSets.count() + foreign.remembered();
  }

  /** Whether all caches are complete. */
  public boolean isSynced() {
    return missing.isEmpty();
  }
}
