package io.nodelifecycle.simulate.record;

import java.time.Duration;
import java.util.Optional;

/**
 * The fate of what pods belong to.
 *
 * @param namespace where it is
 * @param kind {@code Deployment}, {@code StatefulSet}, {@code DaemonSet}, {@code Job}, or {@code
 *     Pod} for a pod without an owner
 * @param name its name
 * @param replicas how many pods it had at the start
 * @param evicted how many of its pods the controller deleted
 * @param fewestReady the smallest number of its pods that were really running at a time: ready, and
 *     on a machine that lives
 * @param lostAllAt when it first had no running pod, if that happened although it had some before
 * @param lostAllFor how long it had none, in all
 */
public record WorkloadRecord(
    String namespace,
    String kind,
    String name,
    int replicas,
    int evicted,
    int fewestReady,
    Optional<Duration> lostAllAt,
    Duration lostAllFor) {
  /** Namespace, kind and name in one. */
  public String title() {
    return namespace + "/" + kind + "/" + name;
  }
}
