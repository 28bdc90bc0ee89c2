package io.nodelifecycle.sandbox.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One machine: whether it runs, what it has to write and when. */
final class FakeKubelet {
  private final String node;
  private final String address;
  private final Map<String, String> reported = new HashMap<>();
  private final Map<String, PodDuty> pods = new LinkedHashMap<>();
  private boolean isAlive = true;
  private Instant nextLease;
  private Instant nextStatus;
  private Instant lastHeartbeat;
  private Instant podsFrom;

  /**
   * What has to be done about a pod.
   *
   * @param uid the pod's uid
   * @param address the pod's address
   * @param isTerminating whether it is to end rather than to run
   * @param due when
   */
  record PodDuty(String uid, String address, boolean isTerminating, Instant due) {}

  FakeKubelet(String node, String address, Instant now) {
    this.node = node;
    this.address = address;
    this.nextLease = now;
    this.nextStatus = now;
    this.lastHeartbeat = now;
    this.podsFrom = now;
  }

  String node() {
    return node;
  }

  String address() {
    return address;
  }

  boolean isAlive() {
    return isAlive;
  }

  /** When it last renewed its lease or posted its status. */
  Instant lastHeartbeat() {
    return lastHeartbeat;
  }

  Map<String, String> reported() {
    return reported;
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

  void report(String condition, String status, Instant now) {
    reported.put(condition, status);
    nextStatus = now;
  }

  boolean isStatusDue(Instant now) {
    return isAlive && !nextStatus.isAfter(now);
  }

  boolean isLeaseDue(Instant now) {
    return isAlive && !nextLease.isAfter(now);
  }

  void postedStatus(Duration interval, Instant now) {
    nextStatus = now.plus(interval);
    lastHeartbeat = now;
  }

  /** Keeps to its rhythm, unless it has fallen behind. */
  void renewedLease(Duration interval, Instant now) {
    var next = nextLease.plus(interval);
    nextLease = next.isAfter(now) ? next : now.plus(interval);
    lastHeartbeat = now;
  }

  /** Something has to be done about a pod; what was to be done before is forgotten. */
  void plan(String key, PodDuty duty) {
    pods.put(key, duty);
  }

  void forget(String key) {
    pods.remove(key);
  }

  /** A pod about which something is to be done now. */
  Optional<Map.Entry<String, PodDuty>> nextDuty(Instant now) {
    return isAlive && !podsFrom.isAfter(now)
        ? pods.entrySet().stream()
            .filter(each -> !each.getValue().due().isAfter(now))
            .findFirst()
            .map(each -> Map.entry(each.getKey(), each.getValue()))
        : Optional.empty();
  }
}
