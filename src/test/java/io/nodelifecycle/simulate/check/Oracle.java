package io.nodelifecycle.simulate.check;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.simulate.check.FinalState.Machine;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says what the documented behaviour demands of a cluster in which nothing has happened for a
 * while: a naive reading of it that looks at everything and remembers nothing. The quiet has to be
 * long enough for every zone's queue.
 */
final class Oracle implements FinalState.Judge {
  private static final String PREFIX = "node.kubernetes.io/";

  /** A tolerated taint without an end. */
  private static final long FOREVER = Long.MAX_VALUE;

  /** Within this everything that is due has to have happened; until then both states are right. */
  private static final Duration SETTLED = Duration.ofMinutes(5);

  Oracle() {}

  @Override
  public List<String> differences(FinalState state) {
    var found = new ArrayList<String>();
    var isDown = areAllDown(state);
    var nodes = new HashMap<String, NodeSnapshot>();
    for (var machine : state.nodes()) {
      var node = machine.node();
      nodes.put(node.name(), node);
      if (state.policy().hasNodeLifecycle()) {
        checkConditions(machine, state, found);
        checkNoSchedule(node, state, found);
        checkNoExecute(node, isDown, state, found);
        checkLabels(node, found);
      }
    }
    for (var pod : state.pods()) {
      var node = nodes.get(pod.nodeName());
      if (node != null) {
        if (state.policy().hasNodeLifecycle()) {
          checkReadiness(pod, node, found);
        }
        checkExistence(pod, node, state, isDown, found);
      }
    }
    return found;
  }

  /** No zone with counted nodes has a ready one: the controller is probably the one cut off. */
  private static boolean areAllDown(FinalState state) {
    var counted = state.nodes().stream().map(Machine::node).filter(Oracle::isCounted).toList();
    return !counted.isEmpty() && counted.stream().noneMatch(Oracle::isReady);
  }

  private static boolean isCounted(NodeSnapshot node) {
    return !node.labels().containsKey(PREFIX + "exclude-disruption");
  }

  private static boolean isReady(NodeSnapshot node) {
    return status(node, "Ready") == ConditionStatus.TRUE;
  }

  private static ConditionStatus status(NodeSnapshot node, String type) {
    for (var condition : node.conditions()) {
      if (condition.type().equals(type)) {
        return condition.status();
      }
    }
    return ConditionStatus.ABSENT;
  }

  private static void checkConditions(Machine machine, FinalState state, List<String> found) {
    var node = machine.node();
    var ready = status(node, "Ready");
    var health = state.policy().health();
    var grace = ready == ConditionStatus.ABSENT ? health.startupGrace() : health.monitorGrace();
    var unheard =
        machine.unheard().compareTo(state.quiet()) < 0 ? machine.unheard() : state.quiet();
    if (machine.isAlive() && ready == ConditionStatus.UNKNOWN) {
      found.add("node %s: Ready is Unknown, its machine is alive".formatted(node.name()));
    }
    if (machine.isAlive() || unheard.compareTo(grace.plus(SETTLED)) <= 0) {
      return;
    }
    for (var type : List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure")) {
      var status = status(node, type);
      if (ready != ConditionStatus.UNKNOWN && status != ConditionStatus.UNKNOWN) {
        found.add(
            "node %s: %s is %s, it is silent for %s"
                .formatted(node.name(), type, status, machine.unheard()));
      }
    }
  }

  private static void checkNoSchedule(NodeSnapshot node, FinalState state, List<String> found) {
    if (!state.policy().hasConditionTaints()) {
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

  private static void checkNoExecute(
      NodeSnapshot node, boolean areAllDown, FinalState state, List<String> found) {
    var carried = healthTaints(node);
    var ready = status(node, "Ready");
    var isByTaints = state.policy().podEvictionTimeout().isEmpty();
    Set<String> wanted;
    if (ready == ConditionStatus.TRUE || (areAllDown && isByTaints)) {
      wanted = Set.of();
    } else if (ready == ConditionStatus.ABSENT || !isByTaints) {
      return;
    } else {
      wanted = Set.of(PREFIX + (ready == ConditionStatus.FALSE ? "not-ready" : "unreachable"));
    }
    var isHeld = carried.isEmpty() && !isReady(node) && rate(node, state) == 0;
    if (!carried.equals(wanted) && !isHeld) {
      found.add(
          "node %s: Ready is %s, NoExecute health taints are %s, should be %s"
              .formatted(node.name(), ready, carried, wanted));
    }
  }

  /** How many nodes a second may leave the queue of the node's zone. */
  private static double rate(NodeSnapshot node, FinalState state) {
    var zone =
        state.nodes().stream()
            .map(Machine::node)
            .filter(other -> other.zone().equals(node.zone()) && isCounted(other))
            .toList();
    var bad = zone.stream().filter(other -> !isReady(other)).count();
    var policy = state.policy().disruption();
    var isPartial =
        bad < zone.size()
            && bad > 2
            && (double) bad / zone.size() >= policy.unhealthyZoneThreshold();
    if (!isPartial) {
      return policy.evictionRate();
    }
    return zone.size() > policy.largeClusterSizeThreshold() ? policy.secondaryEvictionRate() : 0;
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

  private static void checkExistence(
      PodSnapshot pod,
      NodeSnapshot node,
      FinalState state,
      boolean areAllDown,
      List<String> found) {
    if (!state.policy().hasTaintEviction() || pod.isMirror() || pod.isTerminating()) {
      return;
    }
    var hasComparisons = state.policy().eviction().hasComparisonOperators();
    for (var taint : node.taints()) {
      var isHealth = healthTaints(node).contains(taint.key());
      var isIgnored = isHealth && (areAllDown || isReady(node));
      var seconds = tolerated(pod.tolerations(), taint, hasComparisons);
      if (taint.effect().equals("NoExecute")
          && !isIgnored
          && longest(seconds, pod, state) < state.quiet().minus(SETTLED).toSeconds()) {
        found.add(
            "pod %s: is there, it tolerates %s of %s for %s s"
                .formatted(pod.key(), taint, node.name(), seconds));
      }
    }
  }

  /**
   * How long a pod may stay that tolerates one of the taints for so many seconds. Where timers
   * count from when they were set, a running one is kept whatever tolerated taint comes after it;
   * which one set it is not remembered here, so it may be the one tolerated for longest.
   */
  private static long longest(long seconds, PodSnapshot pod, FinalState state) {
    if (state.policy().eviction().isAnchoredAtTaint() || seconds == 0) {
      return seconds;
    }
    return pod.tolerations().stream()
        .map(Toleration::tolerationSeconds)
        .filter(Objects::nonNull)
        .reduce(seconds, Math::max);
  }

  private static long tolerated(List<Toleration> tolerations, Taint taint, boolean hasComparisons) {
    for (var toleration : tolerations) {
      if (isMatched(toleration, taint, hasComparisons)) {
        var seconds = toleration.tolerationSeconds();
        return seconds == null ? FOREVER : Math.max(seconds, 0);
      }
    }
    return 0;
  }

  private static boolean isMatched(Toleration toleration, Taint taint, boolean hasComparisons) {
    var isForEffect = toleration.effect().isEmpty() || toleration.effect().equals(taint.effect());
    var isForKey = toleration.key().isEmpty() || toleration.key().equals(taint.key());
    return isForEffect
        && isForKey
        && switch (toleration.operator()) {
          case "Exists" -> true;
          case "", "Equal" -> toleration.value().equals(taint.value());
          case "Lt" -> hasComparisons && order(taint, toleration) < 0;
          case "Gt" -> hasComparisons && order(taint, toleration) > 0;
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
