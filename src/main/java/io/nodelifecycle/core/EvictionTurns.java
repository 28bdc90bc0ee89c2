package io.nodelifecycle.core;

import io.nodelifecycle.core.zone.Zones;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Whose turn it is to be tainted, or to lose its pods: nodes wait in the queues of their zones, and
 * are let out at the rate of each.
 *
 * <p>A process that does not lead lets nothing out: who leads does, at the same rates, and in an
 * order of its own. All that this one had let out besides would be tainted at once when it leads.
 */
final class EvictionTurns {
  /** How often a queue that is held is tried again. */
  private static final Duration HOLD = Duration.ofMillis(100);

  private final Zones<NodeEntry> zones;
  private final HalfGrace halfGrace;
  private final Patience patience;
  private final TimeoutEviction timeouts;
  private final PodLifecycle pods;
  private final Outbox outbox;
  private final Consumer<NodeEntry> changed;
  private Instant heldUntil = Instant.MAX;
  private boolean isLeading = true;
  private boolean hasLed;

  /**
   * Nobody waits.
   *
   * @param changed takes the nodes whose turn has come
   */
  EvictionTurns(
      Zones<NodeEntry> zones,
      HalfGrace halfGrace,
      Patience patience,
      TimeoutEviction timeouts,
      PodLifecycle pods,
      Outbox outbox,
      Consumer<NodeEntry> changed) {
    this.zones = zones;
    this.halfGrace = halfGrace;
    this.patience = patience;
    this.timeouts = timeouts;
    this.pods = pods;
    this.outbox = outbox;
    this.changed = changed;
  }

  /**
   * Puts a node that has to be tainted, or whose pods have to go, into its zone's queue, and takes
   * any other out of it.
   */
  void queue(NodeEntry entry, Instant now) {
    switch (entry.node.ready()) {
      case TRUE, ABSENT -> {
        entry.isReleased = false;
        zones.dequeue(entry);
      }
      case FALSE, UNKNOWN -> {
        if (timeouts.isOn()) {
          if (!entry.isReleased && now.isAfter(timeouts.end(entry))) {
            zones.enqueue(entry, now);
          }
        } else if (entry.taints.hasHealthEviction()) {
          entry.isReleased = false;
          zones.dequeue(entry);
        } else if (!entry.isReleased) {
          zones.enqueue(entry, now);
        }
      }
    }
  }

  /**
   * Whether this process may act from now on; until this is called first, it may.
   *
   * @param all the nodes that there are
   */
  void leads(boolean isLeader, Iterable<NodeEntry> all, Instant now) {
    if (isLeader && !isLeading && !hasLed && timeouts.isOn()) {
      all.forEach(entry -> takeOver(entry, now));
    }
    isLeading = isLeader;
    hasLed |= isLeader;
  }

  /**
   * A node that another process has emptied must not take a turn away from one that is still to be.
   * With taints nothing is to be done: those that are tainted do not wait.
   */
  private void takeOver(NodeEntry entry, Instant now) {
    if (!zones.isStopped()
        && now.isAfter(timeouts.end(entry))
        && pods.isEmptied(entry.key.name())) {
      zones.dequeue(entry);
      entry.isReleased = true;
      changed.accept(entry);
      outbox.add(new Action.NodeEmptied(entry.key));
    }
  }

  /** Lets out whose turn it is. */
  void release(Instant now) {
    heldUntil = Instant.MAX;
    if (!isLeading || !zones.hasQueued() || zones.nextRelease(now).isAfter(now)) {
      return;
    }
    if (!isSomeZoneSafe(now) || (timeouts.isOn() && !patience.isOver(now))) {
      heldUntil = now.plus(HOLD);
      return;
    }
    var released = zones.release(now);
    while (released.isPresent()) {
      release(released.get());
      released = zones.release(now);
    }
  }

  private void release(NodeEntry entry) {
    entry.isReleased = true;
    changed.accept(entry);
    outbox.add(new Action.NodeReleased(entry.key, entry.node.zone()));
    if (timeouts.isOn() && pods.touchNode(entry.key.name()) > 0) {
      outbox.nodeEvent(
          entry.key,
          "DeletingAllPods",
          "event: Deleting all Pods from Node " + entry.key.name() + ".");
    }
  }

  /**
   * Whether some zone would not be fully disrupted even if all nodes that were not heard for more
   * than half their grace period turned out to be dead. Heartbeats end spread over seconds: the
   * first node must not be tainted just before it is known that all are affected.
   */
  boolean isSomeZoneSafe(Instant now) {
    return halfGrace.hasWell(now) || zones.hasNoCounted();
  }

  /** When the node has to enter the queue because of its eviction timeout. */
  Instant timeout(NodeEntry entry, Instant now) {
    var end = timeouts.end(entry);
    return end.equals(Instant.MAX) || end.isBefore(now) || entry.isReleased
        ? Instant.MAX
        : end.plusNanos(1);
  }

  /** When {@link #release} has something to do again. */
  Instant nextWake(Instant now) {
    if (!isLeading) {
      return Instant.MAX;
    }
    return heldUntil.equals(Instant.MAX) ? zones.nextRelease(now) : heldUntil;
  }
}
