package io.nodelifecycle.golden;

import io.nodelifecycle.golden.Recording.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Gives nodes that fail together the names of their ranks, because which of them goes first is
 * arbitrary: {@code #1} is the node that was tainted first, {@code pod-1-of-#1} its first pod.
 */
final class Naming {
  private static final String FIRST_RANKED_BY = "taint node.kubernetes.io/unreachable:NoExecute";

  private final List<Set<String>> groups = new ArrayList<>();
  private final Set<String> bystanders = new HashSet<>();
  private final Map<String, List<String>> podsByNode = new HashMap<>();

  /** The naming that fits what these steps do to the nodes. */
  Naming(List<Step> steps) {
    for (var step : steps) {
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
  }

  private void involve(Step step) {
    var names = new HashSet<String>();
    step.details().path("names").forEach(name -> names.add(name.asString()));
    bystanders.removeAll(names);
    bystanders.remove(step.details().path("name").asString(""));
    var path = step.details().path("path").asString("");
    bystanders.removeIf(node -> path.endsWith("/nodes/" + node));
    if (names.size() > 1 && step.what().equals("stop-heartbeats")) {
      groups.add(names);
    }
  }

  /** The same changes with ranks for names. */
  List<Change> ranked(List<Change> changes) {
    var names = new LinkedHashMap<String, String>();
    for (var group : groups) {
      var ordered = new ArrayList<>(group);
      ordered.sort(
          Comparator.comparingDouble((String node) -> first(changes, node, FIRST_RANKED_BY))
              .thenComparingDouble(node -> first(changes, node, "cond Ready"))
              .thenComparing(Comparator.naturalOrder()));
      for (int rank = 1; rank <= ordered.size(); rank++) {
        var node = ordered.get(rank - 1);
        names.put(node, "#" + rank);
        var pods = podsByNode.getOrDefault(node, List.of());
        for (int i = 1; i <= pods.size(); i++) {
          names.put(pods.get(i - 1), "pod-" + i + "-of-#" + rank);
        }
      }
    }
    return names.isEmpty() ? changes : renamed(changes, names);
  }

  private static double first(List<Change> changes, String node, String what) {
    return changes.stream()
        .filter(change -> change.name().equals(node) && change.what().equals(what))
        .mapToDouble(Change::at)
        .min()
        .orElse(Double.MAX_VALUE);
  }

  private static List<Change> renamed(List<Change> changes, Map<String, String> names) {
    var anyName =
        Pattern.compile(
            names.keySet().stream()
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![\\w-])(?:", ")(?![\\w-])")));
    return changes.stream()
        .map(change ->
            change.renamed(
                anyName.matcher(change.name()).replaceAll(m -> names.get(m.group())),
                anyName.matcher(change.value()).replaceAll(m -> names.get(m.group()))))
        .toList();
  }

  /**
   * Changes with the same answer are compared by rank in time: those of all nodes that fail
   * together, and those of all nodes that nothing happens to.
   */
  String peers(Change change) {
    var key = change.key().replaceAll("#\\d+", "#");
    for (var node : bystanders) {
      var name = change.name();
      if (name.equals(node) || name.equals("Node " + node)) {
        return key.replaceAll("(?<![\\w-])" + Pattern.quote(node) + "(?![\\w-])", "a bystander");
      }
    }
    return key;
  }
}
