package io.nodelifecycle.golden;

import io.nodelifecycle.golden.Recording.Step;
import io.nodelifecycle.testing.witness.Naming;
import io.nodelifecycle.testing.witness.Naming.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The naming that fits what the steps of a recording do to the nodes. */
final class StepNaming {
  private final List<Group> groups = new ArrayList<>();
  private final Set<String> bystanders = new HashSet<>();
  private final Map<String, List<String>> podsByNode = new HashMap<>();

  private StepNaming() {}

  static Naming of(List<Step> steps) {
    var naming = new StepNaming();
    steps.forEach(naming::add);
    return new Naming(naming.groups, naming.bystanders, naming.podsByNode);
  }

  private void add(Step step) {
    var name = step.details().path("name").asString("");
    switch (step.what()) {
      case "node" -> bystanders.add(name);
      case "pod" ->
          podsByNode
              .computeIfAbsent(step.details().path("node").asString(), _ -> new ArrayList<>())
              .add(name);
      default -> involve(step);
    }
  }

  private void involve(Step step) {
    var names = new LinkedHashSet<String>();
    step.details().path("names").forEach(name -> names.add(name.asString()));
    bystanders.removeAll(names);
    bystanders.remove(step.details().path("name").asString(""));
    var path = step.details().path("path").asString("");
    bystanders.removeIf(node -> path.endsWith("/nodes/" + node));
    if (names.size() > 1 && step.what().equals("stop-heartbeats")) {
      groups.add(new Group("", List.copyOf(names)));
    }
  }
}
