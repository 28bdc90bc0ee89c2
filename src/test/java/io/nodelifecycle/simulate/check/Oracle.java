package io.nodelifecycle.simulate.check;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says what the documented behaviour demands of a cluster in which nothing has happened for a
 * while: a naive reading of it that looks at everything and remembers nothing.
 *
 * <p>The caller sees to it that the quiet is long enough for the grace period, for patience after a
 * restart and for every zone's queue; how long each deadline may be overdue is {@code settled}.
 */
final class Oracle {
  private static final String PREFIX = "node.kubernetes.io/";

  /** A tolerated taint without an end. */
  private static final long FOREVER = Long.MAX_VALUE;

  private final Demand demand;
  private final Duration settled;

  /**
   * An oracle.
   *
   * @param settled how soon everything that is due has to have happened; until then both states are
   *     right
   */
  Oracle(Demand demand, Duration settled) {
    this.demand = demand;
    this.settled = settled;
  }

  /** What is otherwise than demanded, in words; empty if all is well. */
  List<String> differences(FinalState state) {
    var found = new ArrayList<String>();
    var isDown = areAllDown(state);
    var nodes = new HashMap<String, NodeSnapshot>();
    for (var node : state.nodes()) {
      nodes.put(node.name(), node);
      checkConditions(node, state, found);
      checkNoSchedule(node, found);
      checkNoExecute(node, isDown, found);
      checkLabels(node, found);
    }
    for (var pod : state.pods()) {
      var node = nodes.get(pod.nodeName());
      if (node != null) {
        checkReadiness(pod, node, found);
        checkExistence(pod, node, state, isDown, found);
      }
    }
    return found;
  }

  /** No zone with counted nodes has a ready one: the controller is probably the one cut off. */
  private static boolean areAllDown(FinalState state) {
    var counted =
        state.nodes().stream()
            .filter(node -> !node.labels().containsKey(PREFIX + "exclude-disruption"))
            .toList();
    return !counted.isEmpty()
        && counted.stream().noneMatch(node -> status(node, "Ready") == ConditionStatus.TRUE);
  }

  private static ConditionStatus status(NodeSnapshot node, String type) {
    for (var condition : node.conditions()) {
      if (condition.type().equals(type)) {
        return condition.status();
      }
    }
    return ConditionStatus.ABSENT;
  }

  private void checkConditions(NodeSnapshot node, FinalState state, List<String> found) {
    var heard = state.heardAt().get(node.name());
    var ready = status(node, "Ready");
    if (heard == null) {
      return;
    }
    var grace = ready == ConditionStatus.ABSENT ? demand.startupGrace() : demand.monitorGrace();
    // Whoever cannot know better counts from the moment at which everything was quiet.
    var since = heard.isAfter(state.quietSince()) ? heard : state.quietSince();
    if (state.now().isAfter(since.plus(grace).plus(settled))) {
      for (var type : List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure")) {
        var status = status(node, type);
        if (ready != ConditionStatus.UNKNOWN && status != ConditionStatus.UNKNOWN) {
          found.add(
              "node %s: %s is %s, it is silent since %s"
                  .formatted(node.name(), type, status, heard));
        }
      }
    }
  }

  private void checkNoSchedule(NodeSnapshot node, List<String> found) {
    if (!demand.hasConditionTaints()) {
      return;
    }
    var owned = new TreeSet<String>();
    var wanted = new TreeSet<String>();
    var rows =
        List.of(
            List.of("Ready", "FALSE", "not-ready"),
            List.of("Ready", "UNKNOWN", "unreachable"),
            List.of("MemoryPressure", "TRUE", "memory-pressure"),
            List.of("DiskPressure", "TRUE", "disk-pressure"),
            List.of("PIDPressure", "TRUE", "pid-pressure"),
            List.of("NetworkUnavailable", "TRUE", "network-unavailable"));
    for (var row : rows) {
      owned.add(PREFIX + row.get(2));
      if (status(node, row.get(0)).name().equals(row.get(1))) {
        wanted.add(PREFIX + row.get(2));
      }
    }
    owned.add(PREFIX + "unschedulable");
    if (node.isUnschedulable()) {
      wanted.add(PREFIX + "unschedulable");
    }
    var carried = keys(node, "NoSchedule");
    carried.retainAll(owned);
    if (!carried.equals(wanted)) {
      found.add(
          "node %s: NoSchedule taints are %s, should be %s"
              .formatted(node.name(), carried, wanted));
    }
  }

  private static Set<String> keys(NodeSnapshot node, String effect) {
    var keys = new TreeSet<String>();
    for (var taint : node.taints()) {
      if (taint.effect().equals(effect)) {
        keys.add(taint.key());
      }
    }
    return keys;
  }

  private static Set<String> healthTaints(NodeSnapshot node) {
    var keys = keys(node, "NoExecute");
    keys.retainAll(Set.of(PREFIX + "not-ready", PREFIX + "unreachable"));
    return keys;
  }

  private void checkNoExecute(NodeSnapshot node, boolean areAllDown, List<String> found) {
    var carried = healthTaints(node);
    var ready = status(node, "Ready");
    Set<String> wanted;
    if (ready == ConditionStatus.TRUE || (areAllDown && demand.hasHealthTaints())) {
      wanted = Set.of();
    } else if (ready == ConditionStatus.ABSENT || !demand.hasHealthTaints()) {
      return;
    } else {
      wanted = Set.of(PREFIX + (ready == ConditionStatus.FALSE ? "not-ready" : "unreachable"));
    }
    if (!carried.equals(wanted)) {
      found.add(
          "node %s: Ready is %s, NoExecute health taints are %s, should be %s"
              .formatted(node.name(), ready, carried, wanted));
    }
  }

  private static void checkLabels(NodeSnapshot node, List<String> found) {
    for (var name : List.of("os", "arch")) {
      var value = node.labels().get("kubernetes.io/" + name);
      var copy = node.labels().get("beta.kubernetes.io/" + name);
      if (value != null && !value.equals(copy)) {
        found.add(
            "node %s: label %s is %s, should be %s".formatted(node.name(), name, copy, value));
      }
    }
  }

  private static void checkReadiness(PodSnapshot pod, NodeSnapshot node, List<String> found) {
    if (status(node, "Ready") == ConditionStatus.UNKNOWN && pod.ready() == ConditionStatus.TRUE) {
      found.add("pod %s: is ready, its node %s is Unknown".formatted(pod.key(), node.name()));
    }
  }

  private void checkExistence(
      PodSnapshot pod,
      NodeSnapshot node,
      FinalState state,
      boolean areAllDown,
      List<String> found) {
    if (!demand.hasTaintEviction() || pod.isMirror() || pod.isTerminating()) {
      return;
    }
    var deadline = Optional.<Instant>empty();
    for (var taint : node.taints()) {
      var isHealth = healthTaints(node).contains(taint.key());
      var isIgnored = isHealth && (areAllDown || status(node, "Ready") == ConditionStatus.TRUE);
      var seconds = tolerated(pod.tolerations(), taint);
      if (taint.effect().equals("NoExecute") && seconds != FOREVER && !isIgnored) {
        var end = start(pod, node, taint, state).plusSeconds(Math.min(seconds, 1_000_000_000L));
        deadline = deadline.filter(earlier -> earlier.isBefore(end)).or(() -> Optional.of(end));
      }
    }
    if (deadline.isPresent() && state.now().isAfter(deadline.get().plus(settled))) {
      found.add(
          "pod %s: is there, it had to go from %s at %s"
              .formatted(pod.key(), node.name(), deadline.get()));
    }
  }

  /** When the countdown begins, or when whoever had been blind could have begun it. */
  private static Instant start(PodSnapshot pod, NodeSnapshot node, Taint taint, FinalState state) {
    var tainted =
        state
            .taintedAt()
            .getOrDefault(node.name(), Map.of())
            .getOrDefault(taint.key() + ":" + taint.effect(), state.quietSince());
    var bound = state.boundAt().getOrDefault(pod.key().uid(), state.quietSince());
    var start = tainted.isAfter(bound) ? tainted : bound;
    return start.isAfter(state.quietSince()) ? start : state.quietSince();
  }

  private long tolerated(List<Toleration> tolerations, Taint taint) {
    for (var toleration : tolerations) {
      if (isMatched(toleration, taint)) {
        var seconds = toleration.tolerationSeconds();
        return seconds == null ? FOREVER : Math.max(seconds, 0);
      }
    }
    return 0;
  }

  private boolean isMatched(Toleration toleration, Taint taint) {
    var isForEffect = toleration.effect().isEmpty() || toleration.effect().equals(taint.effect());
    var isForKey = toleration.key().isEmpty() || toleration.key().equals(taint.key());
    return isForEffect
        && isForKey
        && switch (toleration.operator()) {
          case "Exists" -> true;
          case "", "Equal" -> toleration.value().equals(taint.value());
          case "Lt" -> demand.hasComparisons() && order(taint, toleration) < 0;
          case "Gt" -> demand.hasComparisons() && order(taint, toleration) > 0;
          default -> false;
        };
  }

  private static int order(Taint taint, Toleration toleration) {
    var number = "0|-?[1-9][0-9]{0,18}";
    if (!taint.value().matches(number) || !toleration.value().matches(number)) {
      return 0;
    }
    var left = new BigInteger(taint.value());
    var right = new BigInteger(toleration.value());
    return left.bitLength() > 63 || right.bitLength() > 63 ? 0 : left.compareTo(right);
  }
}
