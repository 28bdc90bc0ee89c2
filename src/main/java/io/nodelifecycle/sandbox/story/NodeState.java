package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.Taint;
import java.util.List;
import java.util.Map;

/**
 * What the story sees of a node.
 *
 * @param name its name
 * @param zone the zone that its labels say, without the region
 * @param ready the status of its Ready condition
 * @param problems conditions other than Ready that are True, by type
 * @param taints its taints
 * @param isCordoned whether it is unschedulable
 * @param exists false once it was deleted
 */
public record NodeState(
    String name,
    String zone,
    ConditionStatus ready,
    Map<String, String> problems,
    List<Taint> taints,
    boolean isCordoned,
    boolean exists) {

  /** Takes copies. */
  public NodeState {
    problems = Map.copyOf(problems);
    taints = List.copyOf(taints);
  }

  /** Whether it carries a taint of this key and effect. */
  public boolean hasTaint(String key, String effect) {
    return taints.stream().anyMatch(t -> t.key().equals(key) && t.effect().equals(effect));
  }

  /** Whether it carries a taint that evicts. */
  public boolean evicts() {
    return taints.stream().anyMatch(Taint::isNoExecute);
  }

  /** Whether it runs pods that nobody has a reason to touch. */
  public boolean isHealthy() {
    return exists && ready == ConditionStatus.TRUE && !evicts();
  }

  /** Whether new pods may be placed on it. */
  public boolean takesPods() {
    return isHealthy()
        && !isCordoned
        && taints.stream().noneMatch(taint -> taint.effect().equals(Taint.NO_SCHEDULE));
  }

  /** The same after its deletion. */
  NodeState gone() {
    return new NodeState(name, zone, ready, problems, taints, isCordoned, false);
  }

  /** A status as conditions spell it. */
  public static String word(ConditionStatus status) {
    return switch (status) {
      case TRUE -> "True";
      case FALSE -> "False";
      case UNKNOWN -> "Unknown";
      case ABSENT -> "(none)";
    };
  }

  /** In a few words, for people. */
  public String text() {
    if (!exists) {
      return "gone";
    }
    var keys = taints.stream().map(Taint::toString).toList();
    return "Ready=" + word(ready) + ", taints " + (keys.isEmpty() ? "none" : keys);
  }
}
