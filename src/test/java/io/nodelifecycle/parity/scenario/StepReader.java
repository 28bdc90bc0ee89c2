package io.nodelifecycle.parity.scenario;

import io.nodelifecycle.config.value.GoDuration;
import io.nodelifecycle.config.value.Parsed;
import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.config.value.Suggestion;
import io.nodelifecycle.parity.scenario.Scenario.Step;
import io.nodelifecycle.sandbox.yaml.YamlField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads the timeline: times, and what happens then. */
final class StepReader {
  /** Until then the nodes and pods of the beginning are made. */
  private static final Duration BEGINNING = Duration.ofSeconds(2);

  private static final String AT = "at";

  private final ClusterReader cluster;
  private final Duration end;
  private final Map<String, Function<YamlField, Optional<Action>>> actions = new LinkedHashMap<>();

  StepReader(ClusterReader cluster, Duration end) {
    this.cluster = cluster;
    this.end = end;
    addNodeActions();
    addPodActions();
    addOtherActions();
  }

  private void addNodeActions() {
    onNodes("stop-heartbeats", Action.StopHeartbeats::new);
    onNodes("resume-heartbeats", Action.ResumeHeartbeats::new);
    on("delete-node", field -> new Action.DeleteNodes(cluster.nodesThatGo(field)));
    onNodes("cordon", nodes -> new Action.Cordon(nodes, true));
    onNodes("uncordon", nodes -> new Action.Cordon(nodes, false));
    on("add-node", field -> new Action.AddNodes(cluster.nodes(field)));
    on("heartbeats", this::heartbeats);
    on("clock", this::clock);
    on("post-conditions", this::conditions);
    on("taint", this::taints);
    on("label", this::labels);
  }

  private void addPodActions() {
    onPods("delete-pod", pods -> new Action.DeletePods(pods, false));
    on("force-delete-pod", field -> new Action.DeletePods(cluster.podsThatGo(field), true));
    onPods("pod-ready", pods -> new Action.PodReady(pods, true));
    onPods("pod-not-ready", pods -> new Action.PodReady(pods, false));
    on("add-pod", field -> new Action.AddPods(cluster.pods(field)));
    actions.put("recreate-pod", field -> cluster.podAgain(field).map(Action.RecreatePod::new));
    actions.put("tolerate", this::tolerate);
  }

  private void addOtherActions() {
    actions.put("patch", StepReader::patch);
    actions.put("create", field -> ClusterReader.object(field).map(Action.Create::new));
    actions.put("delete", field -> ClusterReader.path(field).map(Action.Delete::new));
    on("stop-controller", StepReader::stop);
    on("start-controller", StepReader::start);
  }

  private void on(String name, Function<YamlField, Action> read) {
    actions.put(name, field -> Optional.of(read.apply(field)));
  }

  private void onNodes(String name, Function<List<String>, Action> action) {
    on(name, field -> action.apply(cluster.knownNodes(field)));
  }

  private void onPods(String name, Function<List<String>, Action> action) {
    on(name, field -> action.apply(cluster.knownPods(field)));
  }

  /** All steps, in order of time: a restart is two. */
  List<Step> read(YamlField timeline) {
    var steps = new ArrayList<Step>();
    var before = BEGINNING;
    for (var each : timeline.elements()) {
      var written = each.get(AT);
      var at = written.flatMap(YamlField::duration).orElse(before);
      if (at.compareTo(BEGINNING) < 0) {
        written.ifPresent(field -> field.refuse("is before 2s, when the cluster is complete"));
      } else if (at.compareTo(before) < 0 || at.compareTo(end) > 0) {
        written.ifPresent(field -> field.refuse("is not between the step before and the end"));
      } else {
        before = at;
      }
      action(each, at, steps);
    }
    steps.sort(Comparator.comparing(Step::at));
    return steps;
  }

  private void action(YamlField step, Duration at, List<Step> steps) {
    var known = new ArrayList<>(actions.keySet());
    known.add("restart-controller");
    var named = step.entries().keySet().stream().filter(key -> !key.equals(AT)).toList();
    if (named.size() != 1) {
      step.refuse("has " + named.size() + " actions beside at, want one");
      return;
    }
    var name = named.getFirst();
    var value = step.find(name).orElseThrow();
    if (!known.contains(name)) {
      value.refuse(
          "is no known action%s; known: %s"
              .formatted(Suggestion.question(name, known), String.join(", ", known)));
    } else if (name.equals("restart-controller")) {
      restart(value, at, steps);
    } else {
      Optional.ofNullable(actions.get(name))
          .flatMap(read -> read.apply(value))
          .ifPresent(action -> steps.add(new Step(at, action)));
    }
  }

  private void restart(YamlField field, Duration at, List<Step> steps) {
    var down = field.find("down").flatMap(YamlField::duration).orElse(Duration.ZERO);
    var isGraceful = ClusterReader.flag(field, "graceful", false);
    var flags = ScenarioReader.flags(field);
    field.refuseOthers();
    if (at.plus(down).compareTo(end) > 0) {
      field.refuse("is not over before the end");
    }
    steps.add(new Step(at, new Action.StopController(isGraceful)));
    steps.add(new Step(at.plus(down), new Action.StartController(flags)));
  }

  private static Action stop(YamlField field) {
    var isGraceful = ClusterReader.flag(field, "graceful", false);
    field.refuseOthers();
    return new Action.StopController(isGraceful);
  }

  private static Action start(YamlField field) {
    var flags = ScenarioReader.flags(field);
    field.refuseOthers();
    return new Action.StartController(flags);
  }

  private List<String> nodesOf(YamlField field) {
    return field.get("nodes").map(cluster::knownNodes).orElse(List.of());
  }

  private Action heartbeats(YamlField field) {
    var nodes = nodesOf(field);
    var lease = ClusterReader.flag(field, "lease", false);
    var status = ClusterReader.flag(field, "status", false);
    field.refuseOthers();
    return new Action.SetHeartbeats(nodes, lease, status);
  }

  private Action clock(YamlField field) {
    var nodes = nodesOf(field);
    var ahead = field.get("ahead").flatMap(StepReader::signed).orElse(Duration.ZERO);
    field.refuseOthers();
    return new Action.SetClock(nodes, ahead);
  }

  private static Optional<Duration> signed(YamlField field) {
    var text = field.text();
    return switch (text.map(GoDuration::parse).orElse(null)) {
      case Parsed.Good<Duration>(var value) -> Optional.of(value);
      case Parsed.Bad<Duration>(var what, var remedy) -> {
        field.refuse(Quoted.of(text.orElse("")) + " " + what + "; " + remedy);
        yield Optional.empty();
      }
      case null -> Optional.empty();
    };
  }

  private Action conditions(YamlField field) {
    var nodes = nodesOf(field);
    var conditions = new LinkedHashMap<String, String>();
    field
        .get("conditions")
        .map(YamlField::entries)
        .orElse(Map.of())
        .forEach((type, status) ->
            status
                .word(List.of("True", "False", "Unknown"))
                .ifPresent(word -> conditions.put(type, word)));
    field.refuseOthers();
    return new Action.PostConditions(nodes, conditions);
  }

  private Action taints(YamlField field) {
    var nodes = nodesOf(field);
    var add = field.find("add").map(ClusterReader::taints).orElse(List.of());
    var remove = field.find("remove").map(ClusterReader::taints).orElse(List.of());
    field.refuseOthers();
    if (!field.has("add") && !field.has("remove")) {
      field.refuse("neither adds nor removes a taint");
    }
    return new Action.ChangeTaints(nodes, add, remove);
  }

  private Action labels(YamlField field) {
    var nodes = nodesOf(field);
    var labels = field.get("set").map(ClusterReader::labels).orElse(Map.of());
    field.refuseOthers();
    return new Action.SetLabels(nodes, labels);
  }

  private Optional<Action> tolerate(YamlField field) {
    var pods = field.get("pod").map(cluster::knownPods).orElse(List.of());
    var tolerations = JsonNodeFactory.instance.arrayNode();
    field
        .get("tolerations")
        .map(YamlField::elements)
        .orElse(List.of())
        .forEach(each -> tolerations.add(ClusterReader.toleration(each)));
    field.refuseOthers();
    return pods.stream().findFirst().map(pod -> new Action.Tolerate(pod, tolerations));
  }

  private static Optional<Action> patch(YamlField field) {
    var path = field.get("path").flatMap(ClusterReader::path);
    var body = field.get("body").map(YamlJson::of);
    field.refuseOthers();
    return path.flatMap(p -> body.map(b -> new Action.Patch(p, b)));
  }
}
