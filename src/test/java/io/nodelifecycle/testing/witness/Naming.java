package io.nodelifecycle.testing.witness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Gives nodes that fail together the names of their ranks, because which of them goes first is
 * arbitrary: {@code #1} is the node that was tainted first, or without taints evicted first, {@code
 * pod-1-of-#1} its first pod.
 */
public final class Naming {
  private static final Pattern HEALTH_TAINT =
      Pattern.compile("taint node\\.kubernetes\\.io/(unreachable|not-ready):NoExecute");

  private final List<Group> groups;
  private final Set<String> bystanders;
  private final Map<String, List<String>> podsByNode;

  /**
   * Nodes that the same thing happens to at the same time.
   *
   * @param label what their ranks are called before the {@code #}
   */
  public record Group(String label, List<String> nodes) {}

  /**
   * A naming.
   *
   * @param groups nodes that fail together
   * @param bystanders nodes that nothing happens to; they keep their names
   * @param podsByNode the pods of each node, in an order that is the same for nodes of a group
   */
  public Naming(List<Group> groups, Set<String> bystanders, Map<String, List<String>> podsByNode) {
    this.groups = List.copyOf(groups);
    this.bystanders = new HashSet<>(bystanders);
    this.podsByNode = Map.copyOf(podsByNode);
  }

  /** The same changes with ranks for names. */
  public List<Change> ranked(List<Change> changes) {
    var names = ranks(changes);
    return names.isEmpty() ? changes : renamed(changes, names);
  }

  private Map<String, String> ranks(List<Change> changes) {
    var names = new LinkedHashMap<String, String>();
    for (var group : groups) {
      var ordered = new ArrayList<>(group.nodes());
      ordered.sort(
          Comparator.comparingDouble((String node) -> first(changes, it -> isTainted(it, node)))
              .thenComparingDouble(node -> first(changes, it -> isEvicted(it, node)))
              .thenComparingDouble(node -> first(changes, it -> isReported(it, node)))
              .thenComparing(Comparator.naturalOrder()));
      for (int rank = 1; rank <= ordered.size(); rank++) {
        var node = ordered.get(rank - 1);
        var name = group.label() + "#" + rank;
        names.put(node, name);
        var pods = podsByNode.getOrDefault(node, List.of());
        for (int i = 1; i <= pods.size(); i++) {
          names.put(pods.get(i - 1), "pod-" + i + "-of-" + name);
        }
      }
    }
    return names;
  }

  private static boolean isTainted(Change change, String node) {
    return change.name().equals(node)
        && HEALTH_TAINT.matcher(change.what()).matches()
        && change.value().equals("on");
  }

  private static boolean isEvicted(Change change, String node) {
    return change.name().equals("Node " + node) && change.what().equals("DeletingAllPods");
  }

  private static boolean isReported(Change change, String node) {
    return change.name().equals(node) && change.what().equals("cond Ready");
  }

  private static double first(List<Change> changes, Predicate<Change> which) {
    return changes.stream().filter(which).mapToDouble(Change::at).min().orElse(Double.MAX_VALUE);
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
