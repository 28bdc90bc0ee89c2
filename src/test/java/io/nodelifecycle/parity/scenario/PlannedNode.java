package io.nodelifecycle.parity.scenario;

import io.nodelifecycle.parity.scenario.Action.Taint;
import java.util.List;
import java.util.Map;

/**
 * A node that appears.
 *
 * @param labels its labels, those of its zone among them
 * @param hasStatus whether its kubelet posts a healthy status at once
 * @param hasLease whether its kubelet creates and renews a lease
 */
public record PlannedNode(
    String name,
    Map<String, String> labels,
    boolean hasStatus,
    boolean hasLease,
    boolean isUnschedulable,
    List<Taint> taints) {

  /** Takes copies. */
  public PlannedNode {
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
  }

  /** The same node but for its name. */
  public PlannedNode renamed(String newName) {
    return new PlannedNode(newName, labels, hasStatus, hasLease, isUnschedulable, taints);
  }
}
