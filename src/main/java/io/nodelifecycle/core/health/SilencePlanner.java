package io.nodelifecycle.core.health;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import java.util.List;

/**
 * What becomes of a silent node's conditions, as Kubernetes documents it: those that only a kubelet
 * posts become Unknown; NetworkUnavailable, which a network plugin posts, is never touched.
 */
public final class SilencePlanner {
  private static final List<String> POSTED_BY_KUBELET =
      List.of(
          NodeCondition.READY,
          NodeCondition.MEMORY_PRESSURE,
          NodeCondition.DISK_PRESSURE,
          NodeCondition.PID_PRESSURE);

  private SilencePlanner() {}

  /**
   * The types of the conditions that have to become Unknown; none if Ready already is: then there
   * is nothing to write.
   */
  public static List<String> unknownTypes(NodeSnapshot node) {
    if (node.ready() == ConditionStatus.UNKNOWN) {
      return List.of();
    }
    return POSTED_BY_KUBELET.stream()
        .filter(type -> node.status(type) != ConditionStatus.UNKNOWN)
        .toList();
  }
}
