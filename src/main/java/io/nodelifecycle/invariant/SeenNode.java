package io.nodelifecycle.invariant;

import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeLabels;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one process could know of one node, and what it said about it. */
final class SeenNode {
  final NodeKey key;
  final Instant knownSince;
  NodeSnapshot node;
  TaintTimes taints = TaintTimes.NONE;
  int generation;

  /** How often Ready became Unknown. */
  int unknownEpisodes;

  /** The process said that it is silent. */
  boolean isSilent;

  /** The number of the stretch between two cluster-wide stops in which it was let out, or -1. */
  int releasedIn = -1;

  /** A write to it was sent and not answered yet. */
  boolean isUnderWay;

  /** It carries a health taint which it had in a cluster-wide stop, or may yet be given it. */
  boolean isShedding;

  /** The stretch in which its eviction timeout passed, or -1. */
  int timedOutIn = -1;

  /** The place in which it counts for its zone, null if it was not judged yet. */
  @Nullable Place place;

  /** When the last live read of it was answered by the API server, and when the process knew. */
  Instant liveAt = Instant.MIN;

  Instant liveKnownAt = Instant.MIN;

  private @Nullable NodeCondition ready;
  private @Nullable String lease;
  private Instant probe;
  private Instant transition;

  /** A node's share in its zone. */
  record Place(Zone zone, boolean isCounted, boolean isReady) {}

  SeenNode(NodeSnapshot node, Instant wallClock, Instant now) {
    this.key = node.key();
    this.knownSince = now;
    this.node = node;
    this.ready = node.condition(NodeCondition.READY).orElse(null);
    this.probe =
        ready != null ? now : Moments.ofWallClock(node.creationTimestamp(), wallClock, now);
    this.transition = probe;
    this.unknownEpisodes = node.ready() == ConditionStatus.UNKNOWN ? 1 : 0;
  }

  /** Another version of it; says whether that was a heartbeat. */
  boolean seen(NodeSnapshot next, Function<Taint, Instant> taintStart, Instant now) {
    if (next.ready() == ConditionStatus.UNKNOWN && node.ready() != ConditionStatus.UNKNOWN) {
      unknownEpisodes++;
    }
    node = next;
    taints = taints.after(next.taints(), taintStart, now);
    var before = ready;
    var after = next.condition(NodeCondition.READY).orElse(null);
    ready = after;
    if (before == null && after == null) {
      return false;
    }
    if (before == null || after == null) {
      transition = now;
      return (after == null || !isOfNoKubelet(after)) && heard(now);
    }
    if (Objects.equals(before.lastHeartbeatTime(), after.lastHeartbeatTime())) {
      return false;
    }
    if (!Objects.equals(before.lastTransitionTime(), after.lastTransitionTime())) {
      transition = now;
    }
    return heard(now);
  }

  /** Written by a controller for a kubelet that never posted: no sign of life. */
  private boolean isOfNoKubelet(NodeCondition condition) {
    return condition.status() == ConditionStatus.UNKNOWN
        && node.creationTimestamp().equals(condition.lastHeartbeatTime());
  }

  private boolean heard(Instant now) {
    probe = now;
    return true;
  }

  /** Its lease has this version; says whether that was a heartbeat. */
  boolean leaseSeen(String version, Instant now) {
    if (version.equals(lease)) {
      return false;
    }
    lease = version;
    return heard(now);
  }

  void leaseGone() {
    lease = null;
  }

  /** The version of its lease that was seen last, null if there is none. */
  @Nullable String lease() {
    return lease;
  }

  /**
   * When it was last heard.
   *
   * @param restart when the last cluster-wide stop ended, which counts as a heartbeat
   */
  Instant probe(Instant restart) {
    return isRestarted(restart) ? Moments.later(probe, restart) : probe;
  }

  Instant transition(Instant restart) {
    return isRestarted(restart) ? Moments.later(transition, restart) : transition;
  }

  private boolean isRestarted(Instant restart) {
    return !knownSince.isAfter(restart);
  }

  Duration grace(CorePolicy policy) {
    return ready == null ? policy.health().startupGrace() : policy.health().monitorGrace();
  }

  boolean isUnready() {
    return node.ready() == ConditionStatus.FALSE || node.ready() == ConditionStatus.UNKNOWN;
  }

  /** What it carries into a cluster-wide stop, or gets in it, has to go and asks for nothing. */
  void shed(ZoneLedger zones, boolean hasJustBegun) {
    var isBegun = zones.isStopped() && (hasJustBegun || taints.hasHealth());
    isShedding = (isShedding || isBegun) && (taints.hasHealth() || isUnderWay);
  }

  Place placeNow() {
    return new Place(
        node.zone(),
        !node.labels().containsKey(NodeLabels.EXCLUDE_DISRUPTION),
        node.ready() == ConditionStatus.TRUE && !isSilent);
  }
}
