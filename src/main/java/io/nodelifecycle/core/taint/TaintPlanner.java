package io.nodelifecycle.core.taint;

import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans a node's taints; everything that is not the node lifecycle's own is left as it is. */
public final class TaintPlanner {
  private static final Set<String> NO_SCHEDULE_KEYS =
      Stream.concat(
              LifecycleTaints.CONDITION_TAINTS.stream().map(LifecycleTaints.ConditionTaint::key),
              Stream.of(LifecycleTaints.UNSCHEDULABLE))
          .collect(Collectors.toUnmodifiableSet());

  private final boolean isByCondition;

  /**
   * A planner.
   *
   * @param isByCondition gate {@code TaintNodesByCondition}: NoSchedule taints follow conditions
   */
  public TaintPlanner(boolean isByCondition) {
    this.isByCondition = isByCondition;
  }

  /**
   * What has to change so that the node's NoSchedule taints follow its conditions and its NoExecute
   * taints are as wanted.
   */
  public TaintChange plan(NodeSnapshot node, EvictionTaint eviction) {
    var wanted = wanted(node, eviction);
    var kept = new ArrayList<Taint>();
    var removed = new ArrayList<Taint>();
    for (var taint : node.taints()) {
      var isKept = !isOwned(taint, eviction) || contains(wanted, taint);
      (isKept ? kept : removed).add(taint);
    }
    var added = wanted.stream().filter(taint -> !contains(node.taints(), taint)).toList();
    var taints = Stream.concat(kept.stream(), added.stream()).toList();
    return new TaintChange(taints, added, List.copyOf(removed));
  }

  private List<Taint> wanted(NodeSnapshot node, EvictionTaint eviction) {
    var wanted = new ArrayList<Taint>();
    if (isByCondition) {
      for (var rule : LifecycleTaints.CONDITION_TAINTS) {
        if (node.status(rule.condition()) == rule.status()) {
          wanted.add(Taint.unstamped(rule.key(), Taint.NO_SCHEDULE));
        }
      }
      if (node.isUnschedulable()) {
        wanted.add(Taint.unstamped(LifecycleTaints.UNSCHEDULABLE, Taint.NO_SCHEDULE));
      }
    }
    switch (eviction) {
      case NOT_READY -> wanted.add(Taint.unstamped(LifecycleTaints.NOT_READY, Taint.NO_EXECUTE));
      case UNREACHABLE ->
          wanted.add(Taint.unstamped(LifecycleTaints.UNREACHABLE, Taint.NO_EXECUTE));
      case AS_IS, NEITHER -> {}
    }
    return wanted;
  }

  private boolean isOwned(Taint taint, EvictionTaint eviction) {
    if (taint.effect().equals(Taint.NO_SCHEDULE)) {
      return isByCondition && NO_SCHEDULE_KEYS.contains(taint.key());
    }
    return eviction != EvictionTaint.AS_IS && LifecycleTaints.isHealthEviction(taint);
  }

  private static boolean contains(List<Taint> taints, Taint taint) {
    return taints.stream().anyMatch(taint::isSameAs);
  }
}
