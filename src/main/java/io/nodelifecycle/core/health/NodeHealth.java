package io.nodelifecycle.core.health;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.TimeLine;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one node's heartbeats: when one was last seen to change ({@code probe}) and
 * when Ready was last seen to change ({@code transition}). Instants are of the monotonic time line.
 */
public final class NodeHealth {
  private @Nullable NodeCondition savedReady;
  private @Nullable String leaseVersion;
  private Instant probe;
  private Instant transition;

  private NodeHealth(@Nullable NodeCondition ready, Instant since) {
    this.savedReady = ready;
    this.probe = since;
    this.transition = since;
  }

  /**
   * A node that was never seen before. One that has a Ready condition is taken to have posted it
   * just now; for one that has none, the time since its creation counts.
   *
   * @param wallClock the wall clock at {@code now}, to tell the node's age
   */
  public static NodeHealth firstSeen(NodeSnapshot node, Instant wallClock, Instant now) {
    var ready = node.condition(NodeCondition.READY).orElse(null);
    return new NodeHealth(
        ready, ready != null ? now : TimeLine.at(node.creationTimestamp(), wallClock, now));
  }

  /** The node's status was seen. Only a change of what the kubelet posts is a heartbeat. */
  public void statusSeen(NodeSnapshot node, Instant now) {
    var ready = node.condition(NodeCondition.READY).orElse(null);
    var saved = savedReady;
    savedReady = ready;
    if (saved == null && ready == null) {
      return;
    }
    if (saved == null || ready == null) {
      if (ready == null || !isOfNodeWithoutStatus(ready, node)) {
        probe = now;
      }
      transition = now;
      return;
    }
    var isUnchanged = Objects.equals(saved.lastHeartbeatTime(), ready.lastHeartbeatTime());
    if (!Objects.equals(saved.lastTransitionTime(), ready.lastTransitionTime())
        && (!isUnchanged || ready.status() == ConditionStatus.UNKNOWN)) {
      transition = now;
    }
    if (!isUnchanged) {
      probe = now;
    }
  }

  /** Whether a controller, not a kubelet, gave the node its first Ready condition. */
  private static boolean isOfNodeWithoutStatus(NodeCondition ready, NodeSnapshot node) {
    return ready.status() == ConditionStatus.UNKNOWN
        && node.creationTimestamp().equals(ready.lastHeartbeatTime());
  }

  /**
   * The node's lease was seen. Any change of it is a heartbeat, also a renewTime that jumped back;
   * what it says about time is not read.
   *
   * @return whether it was a heartbeat
   */
  public boolean leaseSeen(String resourceVersion, Instant now) {
    if (resourceVersion.equals(leaseVersion)) {
      return false;
    }
    leaseVersion = resourceVersion;
    probe = now;
    return true;
  }

  /** The lease was deleted: the next one is a heartbeat. */
  public void leaseGone() {
    leaseVersion = null;
  }

  /** Gives the node a fresh start: it counts as heard, and as changed, right now. */
  public void restart(Instant now) {
    probe = now;
    transition = now;
  }

  /** When a heartbeat was last seen to change. */
  public Instant probe() {
    return probe;
  }

  /** When Ready was last seen to change. */
  public Instant transition() {
    return transition;
  }

  /** How long the node may be unheard: longer until it posted its first status. */
  public Duration grace(HealthPolicy policy) {
    return savedReady == null ? policy.startupGrace() : policy.monitorGrace();
  }

  /** The last instant at which the node is not yet silent. */
  public Instant graceEnd(HealthPolicy policy) {
    return probe.plus(grace(policy));
  }

  /** Whether nothing was heard for longer than the grace period. */
  public boolean isSilent(HealthPolicy policy, Instant now) {
    return now.isAfter(graceEnd(policy));
  }

  /**
   * Whether nothing was heard for more than half the grace period: the node may be about to be
   * silent.
   */
  public boolean isSuspect(HealthPolicy policy, Instant now) {
    return now.isAfter(probe.plus(grace(policy).dividedBy(2)));
  }
}
