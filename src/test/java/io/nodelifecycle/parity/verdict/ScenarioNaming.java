package io.nodelifecycle.parity.verdict;

import io.nodelifecycle.parity.scenario.Action;
import io.nodelifecycle.parity.scenario.PlannedNode;
import io.nodelifecycle.parity.scenario.PlannedPod;
import io.nodelifecycle.parity.scenario.Scenario;
import io.nodelifecycle.testing.witness.Naming;
import io.nodelifecycle.testing.witness.Naming.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The naming that fits a scenario: nodes that are alike, with pods that are alike, and that the
 * same happens to in the same steps, are compared by rank; nodes that nothing happens to stand by.
 */
final class ScenarioNaming {
  private final Scenario scenario;

  private ScenarioNaming(Scenario scenario) {
    this.scenario = scenario;
  }

  static Naming of(Scenario scenario) {
    return new ScenarioNaming(scenario).naming();
  }

  private Naming naming() {
    var likeness = new LinkedHashMap<List<Object>, List<String>>();
    var bystanders = new HashSet<String>();
    for (var node : scenario.nodes()) {
      var steps = steps(node);
      if (steps.isEmpty()) {
        bystanders.add(node.name());
      } else {
        var pods = pods(node).stream().map(PlannedPod::likeness).toList();
        likeness
            .computeIfAbsent(List.of(node.renamed(""), pods, steps), _ -> new ArrayList<>())
            .add(node.name());
      }
    }
    var groups =
        likeness.values().stream()
            .filter(nodes -> nodes.size() > 1)
            .map(nodes -> new Group(nodes.getFirst() + ".." + nodes.getLast(), nodes))
            .toList();
    return new Naming(groups, bystanders, podsByNode());
  }

  private List<PlannedPod> pods(PlannedNode node) {
    return scenario.pods().stream().filter(pod -> pod.node().equals(node.name())).toList();
  }

  private Map<String, List<String>> podsByNode() {
    var pods = new HashMap<String, List<String>>();
    scenario
        .pods()
        .forEach(pod -> pods.computeIfAbsent(pod.node(), _ -> new ArrayList<>()).add(pod.name()));
    return pods;
  }

  /** The steps that are about the node, its pods, or pods that land on it. */
  private List<Integer> steps(PlannedNode node) {
    var pods = new HashSet<>(pods(node).stream().map(PlannedPod::key).toList());
    var steps = new ArrayList<Integer>();
    for (int i = 0; i < scenario.timeline().size(); i++) {
      var action = scenario.timeline().get(i).action();
      if (isAbout(action, node, pods)) {
        steps.add(i);
      }
    }
    return steps;
  }

  private static boolean isAbout(Action action, PlannedNode node, HashSet<String> pods) {
    var landing =
        switch (action) {
          case Action.AddPods(var added) -> added;
          case Action.RecreatePod(var pod) -> List.of(pod);
          default -> List.<PlannedPod>of();
        };
    landing.stream()
        .filter(pod -> pod.node().equals(node.name()))
        .map(PlannedPod::key)
        .forEach(pods::add);
    return action.involvedNodes().contains(node.name())
        || action.involvedPods().stream().anyMatch(pods::contains);
  }
}
