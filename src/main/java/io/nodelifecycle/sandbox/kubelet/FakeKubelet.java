package io.nodelifecycle.sandbox.kubelet;

import io.nodelifecycle.core.schedule.DeadlineQueue;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One machine: whether it runs, what it has to write and when. */
final class FakeKubelet {
  private final String node;
  private final ObjectRef lease;
  private final String address;
  private final SortedMap<String, String> reported = new TreeMap<>();
  private final Map<String, PodDuty> duties = new HashMap<>();
  private final DeadlineQueue<String> pods = new DeadlineQueue<>();
  private final Set<Heartbeat> muted = EnumSet.noneOf(Heartbeat.class);
  private Duration clockOffset = Duration.ZERO;
  private boolean isAlive = true;
  private Instant nextLease;
  private Instant nextStatus;
  private @Nullable Instant lastHeartbeat;
  private Instant podsFrom;

  /**
   * What has to be done about a pod.
   *
   * @param ref the pod
   * @param uid the pod's uid
   * @param isTerminating whether it is to end rather than to run
   */
  record PodDuty(ObjectRef ref, String uid, boolean isTerminating) {
    private boolean isSameAs(@Nullable PodDuty other) {
      return other != null && other.uid.equals(uid) && other.isTerminating == isTerminating;
    }
  }

  FakeKubelet(String node, String address, Instant now) {
    this.node = node;
    this.lease = ObjectRef.nodeLease(node);
    this.address = address;
    this.nextLease = now;
    this.nextStatus = now;
    this.podsFrom = now;
  }

  String node() {
    return node;
  }

  /** The lease by which it is heard. */
  ObjectRef lease() {
    return lease;
  }

  String address() {
    return address;
  }

  boolean isAlive() {
    return isAlive;
  }

  /** When it last renewed its lease or posted its status; empty if it never did. */
  Optional<Instant> lastHeartbeat() {
    return Optional.ofNullable(lastHeartbeat);
  }

  SortedMap<String, String> reported() {
    return reported;
  }

  /** What its own clock says when others say {@code wall}. */
  Instant clock(Instant wall) {
    return wall.plus(clockOffset);
  }

  void setClock(Duration offset) {
    clockOffset = offset;
  }

  void kill() {
    isAlive = false;
  }

  /**
   * Runs again: what is first is a fresh healthy status.
   *
   * @param pods how long it takes until it looks after its pods
   */
  void revive(Duration pods, Instant now) {
    isAlive = true;
    podsFrom = now.plus(pods);
    nextStatus = now;
    nextLease = now;
  }

  void mute(Set<Heartbeat> lost) {
    muted.clear();
    muted.addAll(lost);
  }

  /** Is heard again: what was lost is written at once. */
  void unmute(Instant now) {
    if (muted.remove(Heartbeat.LEASE)) {
      nextLease = now;
    }
    if (muted.remove(Heartbeat.STATUS)) {
      nextStatus = now;
    }
  }

  boolean isHeardBy(Heartbeat heartbeat) {
    return !muted.contains(heartbeat);
  }

  void report(String condition, String status, Instant now) {
    reported.put(condition, status);
    nextStatus = now;
  }

  /** When it next has something to do, {@link Instant#MAX} if nothing. */
  Instant nextDue() {
    if (!isAlive) {
      return Instant.MAX;
    }
    var heartbeat = nextLease.isBefore(nextStatus) ? nextLease : nextStatus;
    var pod = pods.earliest();
    var podDue = pod.isBefore(podsFrom) ? podsFrom : pod;
    return podDue.isBefore(heartbeat) ? podDue : heartbeat;
  }

  boolean isStatusDue(Instant now) {
    return isAlive && !nextStatus.isAfter(now);
  }

  boolean isLeaseDue(Instant now) {
    return isAlive && !nextLease.isAfter(now);
  }

  /** The next status is due then, whatever was planned. */
  void planStatus(Instant due) {
    nextStatus = due;
  }

  /** Was heard: a heartbeat of its arrived. */
  void heard(Instant now) {
    lastHeartbeat = now;
  }

  /** Keeps to its rhythm, unless it has fallen behind. */
  void planLease(Duration interval, Instant now) {
    var next = nextLease.plus(interval);
    nextLease = next.isAfter(now) ? next : now.plus(interval);
  }

  /**
   * Something has to be done about a pod; what else was to be done before is forgotten. If it is
   * the same as before, it stays due when it was.
   */
  void plan(PodDuty duty, Instant due) {
    var key = duty.ref().key();
    if (!duty.isSameAs(duties.put(key, duty))) {
      pods.set(key, due);
    }
  }

  /** Nothing is to be done about a pod. */
  void forget(String key) {
    if (duties.remove(key) != null) {
      pods.cancel(key);
    }
  }

  /** Takes what is to be done now about a pod, if there is anything. */
  Optional<PodDuty> nextDuty(Instant now) {
    if (!isAlive || podsFrom.isAfter(now)) {
      return Optional.empty();
    }
    return pods.poll(now).map(duties::remove);
  }
}
