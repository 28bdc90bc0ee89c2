package io.nodelifecycle.runtime.dryrun;

import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.UnknownCondition;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Taint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A node as it was last really seen, and what would have been written to it since. */
final class OverlaidNode {
  private NodeSnapshot real;
  private int revision;

  /** The list in which it was last reported. */
  int generation;

  private final Map<String, WouldBeCondition> conditions = new LinkedHashMap<>();
  private final List<Taint> added = new ArrayList<>();
  private final List<Taint> removed = new ArrayList<>();
  private final Map<String, WouldBeLabel> labels = new LinkedHashMap<>();

  OverlaidNode(NodeSnapshot real) {
    this.real = real;
  }

  /** What a condition would be, and the real one that it was decided on, null if there is none. */
  private record WouldBeCondition(NodeCondition would, @Nullable NodeCondition real) {}

  /** What a label would be, and the real one that it was decided on, null if there is none. */
  private record WouldBeLabel(String would, @Nullable String real) {}

  /** The node as it was last really seen. */
  NodeSnapshot real() {
    return real;
  }

  /** Reality moves on: what it has changed itself is as it says. */
  void see(NodeSnapshot seen) {
    if (!seen.resourceVersion().equals(real.resourceVersion())) {
      revision = 0;
    }
    real = seen;
    conditions
        .entrySet()
        .removeIf(each -> !Objects.equals(condition(each.getKey()), each.getValue().real()));
    added.removeIf(taint -> seen.hasTaint(taint.key(), taint.effect()));
    removed.removeIf(taint -> !seen.taints().contains(taint));
    labels
        .entrySet()
        .removeIf(
            each -> !Objects.equals(seen.labels().get(each.getKey()), each.getValue().real()));
  }

  private @Nullable NodeCondition condition(String type) {
    return real.condition(type).orElse(null);
  }

  /**
   * Its kubelet was heard, which would have posted conditions instead of those that would have been
   * written.
   *
   * @return whether that changes what is shown
   */
  boolean heard() {
    var isChanged = !conditions.isEmpty();
    if (isChanged) {
      conditions.clear();
      revision++;
    }
    return isChanged;
  }

  /** The version under which it is shown now. */
  String version() {
    return OverlaidVersion.of(real.resourceVersion(), revision);
  }

  /** The node as it would be. */
  NodeSnapshot view() {
    return new NodeSnapshot(
        real.name(),
        real.uid(),
        version(),
        real.creationTimestamp(),
        labels.isEmpty() ? real.labels() : viewedLabels(),
        added.isEmpty() && removed.isEmpty() ? real.taints() : viewedTaints(),
        real.isUnschedulable(),
        conditions.isEmpty() ? real.conditions() : viewedConditions());
  }

  private Map<String, String> viewedLabels() {
    var viewed = new HashMap<>(real.labels());
    labels.forEach((name, label) -> viewed.put(name, label.would()));
    return Map.copyOf(viewed);
  }

  private List<Taint> viewedTaints() {
    var viewed = new ArrayList<Taint>();
    for (var taint : real.taints()) {
      if (!removed.contains(taint)) {
        viewed.add(taint);
      }
    }
    viewed.addAll(added);
    return List.copyOf(viewed);
  }

  private List<NodeCondition> viewedConditions() {
    var viewed = new ArrayList<NodeCondition>();
    for (var condition : real.conditions()) {
      var would = conditions.get(condition.type());
      viewed.add(would == null ? condition : would.would());
    }
    for (var condition : conditions.values()) {
      if (condition.real() == null) {
        viewed.add(condition.would());
      }
    }
    return List.copyOf(viewed);
  }

  /** Conditions would be written. */
  void write(PatchNodeStatus patch, Instant wallClock) {
    for (var unknown : patch.conditions()) {
      var present = condition(unknown.type());
      conditions.put(
          unknown.type(), new WouldBeCondition(unknown(unknown, present, wallClock), present));
    }
    revision++;
  }

  private static NodeCondition unknown(
      UnknownCondition unknown, @Nullable NodeCondition present, Instant wallClock) {
    return new NodeCondition(
        unknown.type(),
        ConditionStatus.UNKNOWN,
        present == null ? unknown.neverPosted() : present.lastHeartbeatTime(),
        wallClock.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Taints would be written. */
  void write(PatchNodeTaints patch, Instant wallClock) {
    var before = List.copyOf(added);
    added.clear();
    removed.clear();
    for (var taint : patch.taints()) {
      if (!real.hasTaint(taint.key(), taint.effect())) {
        added.add(stamped(taint, before, wallClock));
      }
    }
    for (var taint : real.taints()) {
      if (patch.taints().stream().noneMatch(taint::isSameAs)) {
        removed.add(taint);
      }
    }
    revision++;
  }

  private static Taint stamped(Taint taint, List<Taint> before, Instant wallClock) {
    return before.stream()
        .filter(taint::isSameAs)
        .findFirst()
        .orElseGet(() ->
            new Taint(
                taint.key(),
                taint.value(),
                taint.effect(),
                wallClock.truncatedTo(ChronoUnit.SECONDS)));
  }

  /** Labels would be written. */
  void write(PatchNodeLabels patch) {
    patch
        .labels()
        .forEach(
            (name, value) -> labels.put(name, new WouldBeLabel(value, real.labels().get(name))));
    revision++;
  }

  /** How many single changes are laid over it. */
  int changes() {
    return conditions.size() + added.size() + removed.size() + labels.size();
  }
}
