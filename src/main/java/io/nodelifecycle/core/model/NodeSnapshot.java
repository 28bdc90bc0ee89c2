package io.nodelifecycle.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a node: the latest version seen.
 *
 * @param name its name
 * @param uid its uid: another node of the same name has another one
 * @param resourceVersion the version of the object this was read from
 * @param creationTimestamp when the API server created it
 * @param labels those labels that some rule reads ({@link NodeLabels}), nothing else
 * @param taints all its taints in their order, foreign ones included
 * @param isUnschedulable {@code spec.unschedulable}: someone cordoned it
 * @param conditions the conditions that some rule reads, in their order
 */
public record NodeSnapshot(
    String name,
    String uid,
    String resourceVersion,
    Instant creationTimestamp,
    Map<String, String> labels,
    List<Taint> taints,
    boolean isUnschedulable,
    List<NodeCondition> conditions) {
  /** The condition of this type, if the node has it. */
  public Optional<NodeCondition> condition(String type) {
    for (var condition : conditions) {
      if (condition.type().equals(type)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  /**
   * The status of the condition of this type, {@link ConditionStatus#ABSENT} if the node lacks it.
   */
  public ConditionStatus status(String type) {
    return condition(type).map(NodeCondition::status).orElse(ConditionStatus.ABSENT);
  }

  /** The status of the Ready condition. */
  public ConditionStatus ready() {
    return status(NodeCondition.READY);
  }

  /** Whether the node carries a taint with this key and effect, whatever its value. */
  public boolean hasTaint(String key, String effect) {
    for (var taint : taints) {
      if (taint.key().equals(key) && taint.effect().equals(effect)) {
        return true;
      }
    }
    return false;
  }

  /** The key by which writes name this node. */
  public NodeKey key() {
    return new NodeKey(name, uid);
  }

  /** The zone that its labels say. */
  public Zone zone() {
    return Zone.of(labels);
  }
}
