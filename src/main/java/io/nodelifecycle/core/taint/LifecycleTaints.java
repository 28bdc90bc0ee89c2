package io.nodelifecycle.core.taint;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Taint;
import java.util.List;

/** The taint keys that the node lifecycle owns, and the conditions from which they follow. */
public final class LifecycleTaints {
  /** Ready is False. */
  public static final String NOT_READY = "node.kubernetes.io/not-ready";

  /** Ready is Unknown. */
  public static final String UNREACHABLE = "node.kubernetes.io/unreachable";

  /** Someone cordoned the node. */
  public static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

  /**
   * Conditions and the NoSchedule taints that they cause ("Taint nodes by condition" in the
   * Kubernetes documentation).
   */
  static final List<ConditionTaint> CONDITION_TAINTS =
      List.of(
          new ConditionTaint(NodeCondition.READY, ConditionStatus.FALSE, NOT_READY),
          new ConditionTaint(NodeCondition.READY, ConditionStatus.UNKNOWN, UNREACHABLE),
          new ConditionTaint(
              NodeCondition.MEMORY_PRESSURE,
              ConditionStatus.TRUE,
              "node.kubernetes.io/memory-pressure"),
          new ConditionTaint(
              NodeCondition.DISK_PRESSURE,
              ConditionStatus.TRUE,
              "node.kubernetes.io/disk-pressure"),
          new ConditionTaint(
              NodeCondition.PID_PRESSURE, ConditionStatus.TRUE, "node.kubernetes.io/pid-pressure"),
          new ConditionTaint(
              NodeCondition.NETWORK_UNAVAILABLE,
              ConditionStatus.TRUE,
              "node.kubernetes.io/network-unavailable"));

  private LifecycleTaints() {}

  /** Whether this is one of the two taints by which an unhealthy node evicts its pods. */
  public static boolean isHealthEviction(Taint taint) {
    return taint.isNoExecute()
        && (taint.key().equals(NOT_READY) || taint.key().equals(UNREACHABLE));
  }

  /** Whether it is a taint that conditions cause or by which an unhealthy node evicts its pods. */
  public static boolean isOfCondition(Taint taint) {
    return isHealthEviction(taint)
        || (taint.effect().equals(Taint.NO_SCHEDULE)
            && CONDITION_TAINTS.stream().anyMatch(rule -> rule.key().equals(taint.key())));
  }

  /** Whether it is such a taint, and the node's conditions are those that it follows from. */
  public static boolean isCausedBy(Taint taint, NodeSnapshot node) {
    return isOfCondition(taint)
        && CONDITION_TAINTS.stream()
            .anyMatch(rule ->
                rule.key().equals(taint.key()) && node.status(rule.condition()) == rule.status());
  }

  /** A condition with this status causes a NoSchedule taint with this key. */
  record ConditionTaint(String condition, ConditionStatus status, String key) {}
}
