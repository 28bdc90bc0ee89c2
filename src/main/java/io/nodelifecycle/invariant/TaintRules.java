package io.nodelifecycle.invariant;

import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Taint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which taints and labels a node may be given: exactly those that follow from what was judged. */
final class TaintRules {
  private static final String PREFIX = "node.kubernetes.io/";
  private static final String CORDONED = PREFIX + "unschedulable";

  private static final Set<String> OWNED =
      Set.of(
          TaintTimes.NOT_READY,
          TaintTimes.UNREACHABLE,
          PREFIX + "memory-pressure",
          PREFIX + "disk-pressure",
          PREFIX + "pid-pressure",
          PREFIX + "network-unavailable",
          CORDONED);

  private final ProcessView view;
  private final Reporter reporter;

  TaintRules(ProcessView view, Reporter reporter) {
    this.view = view;
    this.reporter = reporter;
  }

  void sent(PatchNodeTaints patch, Instant now) {
    var seen = view.node(patch.node());
    if (seen == null) {
      reporter.report(Rule.NO_SCHEDULE_TAINTS, patch.node(), now, "taints of a node not known");
      return;
    }
    var node = seen.node;
    var noSchedule = view.policy.hasConditionTaints() ? noSchedule(node) : ownedNoSchedule(node);
    check(Rule.NO_SCHEDULE_TAINTS, patch, noSchedule, ownedNoSchedule(patch.taints()), now);
    checkHealth(seen, patch, now);
    checkOthers(node, patch, now);
  }

  private void check(
      Rule rule, PatchNodeTaints patch, Set<String> wanted, Set<String> sent, Instant now) {
    reporter.check(
        wanted.equals(sent),
        rule,
        patch.node(),
        now,
        () -> "sent " + sent + ", should be " + wanted);
  }

  /** The keys of the NoSchedule taints that the node has to have. */
  static Set<String> noSchedule(NodeSnapshot node) {
    var keys = new TreeSet<String>();
    if (node.ready() == ConditionStatus.FALSE) {
      keys.add(TaintTimes.NOT_READY);
    }
    if (node.ready() == ConditionStatus.UNKNOWN) {
      keys.add(TaintTimes.UNREACHABLE);
    }
    addIfTrue(node, NodeCondition.MEMORY_PRESSURE, "memory-pressure", keys);
    addIfTrue(node, NodeCondition.DISK_PRESSURE, "disk-pressure", keys);
    addIfTrue(node, NodeCondition.PID_PRESSURE, "pid-pressure", keys);
    addIfTrue(node, NodeCondition.NETWORK_UNAVAILABLE, "network-unavailable", keys);
    if (node.isUnschedulable()) {
      keys.add(CORDONED);
    }
    return keys;
  }

  private static void addIfTrue(NodeSnapshot node, String condition, String key, Set<String> keys) {
    if (node.status(condition) == ConditionStatus.TRUE) {
      keys.add(PREFIX + key);
    }
  }

  static Set<String> ownedNoSchedule(NodeSnapshot node) {
    return ownedNoSchedule(node.taints());
  }

  static Set<String> ownedNoSchedule(List<Taint> taints) {
    var keys = new TreeSet<String>();
    taints.stream().filter(TaintRules::isOwnedNoSchedule).map(Taint::key).forEach(keys::add);
    return keys;
  }

  static boolean isOwnedNoSchedule(Taint taint) {
    return taint.effect().equals(Taint.NO_SCHEDULE) && OWNED.contains(taint.key());
  }

  static Set<String> health(List<Taint> taints) {
    var keys = new TreeSet<String>();
    taints.stream().filter(TaintTimes::isHealth).map(Taint::key).forEach(keys::add);
    return keys;
  }

  private void checkHealth(SeenNode seen, PatchNodeTaints patch, Instant now) {
    var carried = health(seen.node.taints());
    var sent = health(patch.taints());
    var zones = view.zones;
    if (zones.isStopped() || seen.isShedding) {
      var isLeft = !view.policy.isByTaints() && sent.equals(carried);
      reporter.check(
          sent.isEmpty() || isLeft,
          Rule.CLUSTER_STOP,
          seen.key,
          now,
          () ->
              "all zones are fully disrupted, or were since it carries "
                  + carried
                  + "; it is sent "
                  + sent);
      return;
    }
    var isTurn = seen.releasedIn == zones.stretch() || !carried.isEmpty();
    var wanted =
        switch (seen.node.ready()) {
          case TRUE -> Set.<String>of();
          case ABSENT -> carried;
          case FALSE -> wanted(TaintTimes.NOT_READY, isTurn, carried);
          case UNKNOWN -> wanted(TaintTimes.UNREACHABLE, isTurn, carried);
        };
    reporter.check(
        wanted.equals(sent),
        Rule.NO_EXECUTE_TAINTS,
        seen.key,
        now,
        () ->
            "Ready is "
                + seen.node.ready()
                + (isTurn ? "" : ", it was not let out of its queue")
                + ", it carries "
                + carried
                + ", is sent "
                + sent
                + ", should be "
                + wanted);
  }

  private Set<String> wanted(String key, boolean isTurn, Set<String> carried) {
    if (!view.policy.isByTaints()) {
      return carried;
    }
    return isTurn ? Set.of(key) : Set.of();
  }

  /** What is neither of the two kinds is sent as it is, and so is what stays. */
  private void checkOthers(NodeSnapshot node, PatchNodeTaints patch, Instant now) {
    var kept = new ArrayList<Taint>();
    for (var taint : node.taints()) {
      var isOurs = isOwnedNoSchedule(taint) || TaintTimes.isHealth(taint);
      if (!isOurs || patch.taints().stream().anyMatch(taint::isSameAs)) {
        kept.add(taint);
      }
    }
    var sent = new ArrayList<>(patch.taints());
    patch.added().forEach(sent::remove);
    reporter.check(
        sorted(kept).equals(sorted(sent)),
        Rule.NO_SCHEDULE_TAINTS,
        patch.node(),
        now,
        () -> "keeps " + sent + " of " + node.taints() + ", should keep " + kept);
  }

  static List<Taint> sorted(List<Taint> taints) {
    return taints.stream().sorted(Comparator.comparing(Taint::toString)).toList();
  }

  void sent(PatchNodeLabels patch, Instant now) {
    var seen = view.node(patch.node());
    Map<String, String> wanted = seen == null ? Map.of() : labels(seen.node.labels());
    reporter.check(
        !wanted.isEmpty() && wanted.equals(patch.labels()),
        Rule.LABELS,
        patch.node(),
        now,
        () -> "sent " + patch.labels() + ", should be " + wanted);
  }

  static Map<String, String> labels(Map<String, String> labels) {
    var wanted = new LinkedHashMap<String, String>();
    for (var name : List.of("os", "arch")) {
      var value = labels.get("kubernetes.io/" + name);
      if (value != null && !value.equals(labels.get("beta.kubernetes.io/" + name))) {
        wanted.put("beta.kubernetes.io/" + name, value);
      }
    }
    return wanted;
  }
}
