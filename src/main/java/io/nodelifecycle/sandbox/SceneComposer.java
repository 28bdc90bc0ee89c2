package io.nodelifecycle.sandbox;

import io.nodelifecycle.config.Settings;
import io.nodelifecycle.core.eviction.TolerationMatcher;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.zone.DisruptionPolicy;
import io.nodelifecycle.core.zone.ZoneState;
import io.nodelifecycle.sandbox.screen.Scene;
import io.nodelifecycle.sandbox.screen.Scene.Coming;
import io.nodelifecycle.sandbox.screen.Scene.Health;
import io.nodelifecycle.sandbox.screen.Scene.NodeView;
import io.nodelifecycle.sandbox.screen.Scene.ZoneView;
import io.nodelifecycle.sandbox.story.NodeState;
import io.nodelifecycle.sandbox.story.PodState;
import io.nodelifecycle.sandbox.story.Seen;
import io.nodelifecycle.sandbox.story.StateChange;
import io.nodelifecycle.sandbox.story.Story.Chapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes the scene of the moment out of what was seen. What comes next follows from the settings and
 * from what was seen, not from what the controller has in mind.
 */
final class SceneComposer {
  private final Stage stage;
  private final Duration grace;
  private final DisruptionPolicy disruption;
  private final TolerationMatcher matcher;
  private final List<String> hints;

  SceneComposer(Stage stage, Settings settings, List<String> hints) {
    this.stage = stage;
    this.hints = hints;
    grace = settings.health().gracePeriod();
    matcher = new TolerationMatcher(settings.gates().taintTolerationComparisonOperators());
    var zones = settings.zones();
    disruption =
        new DisruptionPolicy(
            zones.evictionRate(),
            zones.secondaryEvictionRate(),
            zones.largeZoneThreshold(),
            zones.unhealthyThreshold());
  }

  List<String> hints() {
    return hints;
  }

  Scene compose(List<StateChange> recent) {
    var nodes = stage.timeline().nodesNow().stream().filter(NodeState::exists).toList();
    var pods = stage.timeline().podsNow().stream().filter(PodState::exists).toList();
    var ledger = stage.ledger();
    var chapter =
        stage
            .player()
            .current()
            .map(Chapter::title)
            .orElse("Waiting for the controller to see the cluster");
    return new Scene(
        stage.story().title(),
        stage.isOver() ? "The story is over; the cluster goes on" : chapter,
        stage.at(),
        stage.story().end(),
        zones(nodes, pods),
        upcoming(nodes, pods),
        recent,
        new Scene.Tally(
            ledger.entries().size(),
            (int) ledger.held(),
            (int) ledger.broken(),
            stage.tally().broken()),
        hints);
  }

  private List<ZoneView> zones(List<NodeState> nodes, List<PodState> pods) {
    var running = new HashMap<String, Integer>();
    var terminating = new HashMap<String, Integer>();
    pods.forEach(
        pod -> (pod.isDeleting() ? terminating : running).merge(pod.node(), 1, Integer::sum));
    var byZone = new TreeMap<String, List<NodeState>>();
    nodes.forEach(node -> byZone.computeIfAbsent(node.zone(), _ -> new ArrayList<>()).add(node));
    var zones = new ArrayList<ZoneView>();
    byZone.forEach((zone, members) -> {
      var views =
          members.stream()
              .sorted(
                  Comparator.comparingInt((NodeState node) -> node.name().length())
                      .thenComparing(NodeState::name))
              .map(node ->
                  view(
                      node,
                      running.getOrDefault(node.name(), 0),
                      terminating.getOrDefault(node.name(), 0)))
              .toList();
      zones.add(new ZoneView(zone, state(members).title(), views));
    });
    return zones;
  }

  private ZoneState state(List<NodeState> nodes) {
    int ready = (int) nodes.stream().filter(n -> n.ready() == ConditionStatus.TRUE).count();
    return disruption.stateOf(ready, nodes.size() - ready);
  }

  private NodeView view(NodeState node, int pods, int terminating) {
    var health =
        switch (node.ready()) {
          case TRUE -> stage.kubelets().isAlive(node.name()) ? Health.READY : Health.SILENT;
          case UNKNOWN -> Health.UNKNOWN;
          case FALSE, ABSENT -> Health.NOT_READY;
        };
    boolean isNoSchedule =
        node.taints().stream().anyMatch(taint -> taint.effect().equals(Taint.NO_SCHEDULE));
    return new NodeView(node.name(), health, isNoSchedule, node.evicts(), pods, terminating);
  }

  private List<Coming> upcoming(List<NodeState> nodes, List<PodState> pods) {
    var coming = new ArrayList<Coming>();
    if (!stage.hasBegun()) {
      return coming;
    }
    stage
        .player()
        .upcoming()
        .ifPresentOrElse(
            chapter ->
                coming.add(new Coming(chapter.at().minus(stage.at()), "story: " + chapter.title())),
            () -> {
              if (!stage.isOver()) {
                coming.add(new Coming(stage.story().end().minus(stage.at()), "the story is over"));
              }
            });
    if (stage.at().compareTo(grace) < 0) {
      coming.add(
          new Coming(
              grace.minus(stage.at()),
              "the controller trusts silence (one grace period after its start)"));
    }
    coming.addAll(graces(nodes));
    coming.addAll(evictions(nodes, pods));
    coming.sort(Comparator.comparing(Coming::in));
    return coming;
  }

  /** When nodes that nobody hears any more become Unknown; one line for each zone. */
  private List<Coming> graces(List<NodeState> nodes) {
    var first = new LinkedHashMap<String, Duration>();
    var members = new HashMap<String, List<String>>();
    for (var node : nodes) {
      var heard = stage.kubelets().lastHeartbeat(node.name());
      if (node.ready() == ConditionStatus.TRUE
          && heard.isPresent()
          && !stage.kubelets().isAlive(node.name())) {
        var left = Duration.between(stage.now(), heard.get().plus(grace));
        first.merge(node.zone(), left, (one, other) -> one.compareTo(other) < 0 ? one : other);
        members.computeIfAbsent(node.zone(), _ -> new ArrayList<>()).add(node.name());
      }
    }
    var coming = new ArrayList<Coming>();
    first.forEach((zone, left) -> {
      var names = members.getOrDefault(zone, List.of());
      var whom = names.size() == 1 ? names.getFirst() : names.size() + " nodes of zone " + zone;
      coming.add(new Coming(positive(left), "grace of " + whom + " ends"));
    });
    return coming;
  }

  /** When pods have to go; one line for each kind of pods on each node. */
  private List<Coming> evictions(List<NodeState> nodes, List<PodState> pods) {
    var byName = new HashMap<String, NodeState>();
    nodes.stream().filter(NodeState::evicts).forEach(node -> byName.put(node.name(), node));
    var deadlines = new TreeMap<String, Duration>();
    var counts = new HashMap<String, Integer>();
    for (var pod : pods) {
      var node = byName.get(pod.node());
      if (node != null && !pod.isDeleting()) {
        var group = (pod.kind() + " pods of " + pod.node()).strip();
        deadline(pod, node)
            .ifPresent(deadline -> {
              deadlines.merge(group, deadline, (a, b) -> a.compareTo(b) < 0 ? a : b);
              counts.merge(group, 1, Integer::sum);
            });
      }
    }
    var coming = new ArrayList<Coming>();
    deadlines.forEach((group, deadline) -> {
      int count = counts.getOrDefault(group, 1);
      var text =
          count == 1 ? "1 " + group.replace("pods", "pod") + " goes" : count + " " + group + " go";
      coming.add(new Coming(positive(deadline.minus(stage.at())), text));
    });
    return coming;
  }

  /** When the pod's tolerations are over; empty if never. */
  private Optional<Duration> deadline(PodState pod, NodeState node) {
    Optional<Long> least = Optional.empty();
    for (var taint : node.taints()) {
      if (taint.isNoExecute()) {
        var toleration = matcher.first(pod.tolerations(), taint);
        if (toleration.isEmpty()) {
          return Optional.of(stage.at());
        }
        var seconds = Optional.ofNullable(toleration.get().tolerationSeconds());
        if (seconds.isPresent() && least.filter(l -> l <= seconds.get()).isEmpty()) {
          least = seconds;
        }
      }
    }
    return least.map(seconds -> evictingSince(node.name()).plusSeconds(Math.max(0, seconds)));
  }

  private Duration evictingSince(String node) {
    List<Seen<NodeState>> versions = stage.timeline().node(node);
    var since = stage.at();
    for (int i = versions.size() - 1; i >= 0 && versions.get(i).what().evicts(); i--) {
      since = versions.get(i).at();
    }
    return since;
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
