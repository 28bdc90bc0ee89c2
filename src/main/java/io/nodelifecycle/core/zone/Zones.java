package io.nodelifecycle.core.zone;

import io.nodelifecycle.core.model.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The zones of a cluster, their states, and the queue and the limiter of each.
 *
 * <p>Counting is incremental: placing a node costs the same in a cluster of 5 nodes and of 5,000.
 *
 * @param <K> what names a node
 */
public final class Zones<K> {
  private final DisruptionPolicy policy;
  private final Map<Zone, ZoneCell<K>> cells = new LinkedHashMap<>();
  private final Map<K, Member> members = new HashMap<>();
  private final List<Zone> forgotten = new ArrayList<>();
  private boolean isStopped;
  private long sequence;

  /** Without any node. */
  public Zones(DisruptionPolicy policy) {
    this.policy = policy;
  }

  /** Counts a node, or counts it differently; its place in a queue moves with it. */
  public void place(K node, Placement placement, Instant now) {
    var member = members.get(node);
    if (member == null) {
      member = new Member(placement);
      members.put(node, member);
    } else if (member.placement.equals(placement)) {
      return;
    } else {
      cell(member.placement.zone(), now).count(member.placement, -1);
    }
    var from = cell(member.placement.zone(), now);
    var to = cell(placement.zone(), now);
    to.count(placement, 1);
    if (from != to && member.isQueued()) {
      from.queue.remove(member.queued);
      to.queue.put(member.queued, node);
    }
    member.placement = placement;
  }

  /** Forgets a node. */
  public void remove(K node, Instant now) {
    dequeue(node);
    var member = members.remove(node);
    if (member != null) {
      cell(member.placement.zone(), now).count(member.placement, -1);
    }
  }

  private ZoneCell<K> cell(Zone zone, Instant now) {
    return cells.computeIfAbsent(zone, _ -> new ZoneCell<>(policy.evictionRate(), now));
  }

  /**
   * Judges every zone, and the cluster: if every zone that counts is fully disrupted, everything
   * stops and the queues are emptied, since the controller itself is then probably cut off.
   *
   * @return the zones whose state or rate changed
   */
  public List<ZoneChange> evaluate(Instant now) {
    forgetEmpty();
    isStopped = areAllDisrupted();
    var changes = new ArrayList<ZoneChange>();
    cells.forEach((zone, cell) -> evaluate(zone, cell, now).ifPresent(changes::add));
    return changes;
  }

  private void forgetEmpty() {
    forgotten.clear();
    cells
        .entrySet()
        .removeIf(cell -> {
          var isEmpty = cell.getValue().nodes == 0;
          if (isEmpty) {
            forgotten.add(cell.getKey());
          }
          return isEmpty;
        });
  }

  private boolean areAllDisrupted() {
    var hasCounted = false;
    for (var cell : cells.values()) {
      if (cell.ready > 0) {
        return false;
      }
      hasCounted |= cell.notReady > 0;
    }
    return hasCounted;
  }

  private Optional<ZoneChange> evaluate(Zone zone, ZoneCell<K> cell, Instant now) {
    var state = policy.stateOf(cell.ready, cell.notReady);
    var rate = isStopped ? 0 : policy.rateOf(state, cell.size());
    if (isStopped) {
      List.copyOf(cell.queue.values()).forEach(this::dequeue);
    }
    var from = cell.state;
    var isChanged = from != state || cell.limiter.ratePerSecond() != rate;
    cell.state = state;
    cell.setRate(rate, now);
    return isChanged
        ? Optional.of(new ZoneChange(zone, from, state, cell.notReady, cell.size(), rate))
        : Optional.empty();
  }

  /** The zones that the last judgement found without any node. */
  public List<Zone> forgotten() {
    return List.copyOf(forgotten);
  }

  /** How every zone is doing, as of the last judgement. */
  public List<ZoneStatus> status() {
    var status = new ArrayList<ZoneStatus>(cells.size());
    cells.forEach((zone, cell) -> status.add(cell.status(zone, oldest(cell))));
    return List.copyOf(status);
  }

  private Instant oldest(ZoneCell<K> cell) {
    var first = cell.queue.firstEntry();
    var member = first == null ? null : members.get(first.getValue());
    return member == null ? Instant.MAX : member.queuedAt;
  }

  /** Whether every zone is fully disrupted, as of the last judgement. */
  public boolean isStopped() {
    return isStopped;
  }

  /** Whether no node counts, so that no zone can be disrupted. */
  public boolean hasNoCounted() {
    return cells.values().stream().allMatch(cell -> cell.size() == 0);
  }

  /**
   * Puts a node at the end of its zone's queue, unless it waits already or everything is stopped.
   */
  public void enqueue(K node, Instant now) {
    var member = members.get(node);
    if (member != null && !member.isQueued() && !isStopped) {
      member.queued = sequence++;
      member.queuedAt = now;
      queue(member).put(member.queued, node);
    }
  }

  /** Takes a node out of its zone's queue, if it waits there. */
  public void dequeue(K node) {
    var member = members.get(node);
    if (member != null && member.isQueued()) {
      queue(member).remove(member.queued);
      member.queued = Member.NOT_QUEUED;
    }
  }

  private Map<Long, K> queue(Member member) {
    var cell = cells.get(member.placement.zone());
    if (cell == null) {
      throw new IllegalStateException("no zone for " + member.placement);
    }
    return cell.queue;
  }

  /** How many zones and nodes are kept. */
  public int remembered() {
    return cells.size() + members.size();
  }

  /** Whether any node waits. */
  public boolean hasQueued() {
    for (var cell : cells.values()) {
      if (!cell.queue.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Lets the oldest node of some zone out, if that zone's limiter has a token for it. */
  public Optional<K> release(Instant now) {
    for (var cell : cells.values()) {
      if (!cell.queue.isEmpty() && cell.limiter.tryTake(now)) {
        var node = cell.queue.firstEntry().getValue();
        dequeue(node);
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }

  /** When {@link #release} will let something out, {@link Instant#MAX} if it is not foreseeable. */
  public Instant nextRelease(Instant now) {
    var next = Instant.MAX;
    for (var cell : cells.values()) {
      if (!cell.queue.isEmpty()) {
        var token = cell.limiter.nextToken(now);
        next = token.isBefore(next) ? token : next;
      }
    }
    return next;
  }

  private static final class Member {
    static final long NOT_QUEUED = -1;
    Placement placement;
    long queued = NOT_QUEUED;
    Instant queuedAt = Instant.MAX;

    Member(Placement placement) {
      this.placement = placement;
    }

    boolean isQueued() {
      return queued != NOT_QUEUED;
    }
  }
}
