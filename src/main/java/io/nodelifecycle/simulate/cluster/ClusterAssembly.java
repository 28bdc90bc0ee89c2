package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.config.value.Suggestion;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.simulate.engine.InitialCluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Makes a cluster of objects, or finds out all that is wrong with them. */
final class ClusterAssembly {
  /** Looking for similar names takes long in a large cluster. */
  private static final int SUGGESTIONS_MAX = 20;

  private final Map<String, PlacedObject> seen = new HashMap<>();
  private final Map<String, PlacedObject> uids = new HashMap<>();
  private final Map<String, Integer> ignored = new TreeMap<>();
  private final List<PlacedObject> nodes = new ArrayList<>();
  private final List<PlacedObject> pods = new ArrayList<>();
  private final List<PlacedObject> daemonSets = new ArrayList<>();
  private final List<String> problems;
  private int suggestions;

  private ClusterAssembly(List<String> problems) {
    this.problems = new ArrayList<>(problems);
  }

  /**
   * A cluster of these objects.
   *
   * @param problems what was wrong already
   * @param source where they are from, all together
   */
  static ClusterOutcome of(List<PlacedObject> objects, List<String> problems, String source) {
    var assembly = new ClusterAssembly(problems);
    objects.forEach(assembly::add);
    return assembly.finish(source);
  }

  private void add(PlacedObject object) {
    switch (object.kind()) {
      case "Node" -> add(object, nodes);
      case "Pod" -> add(object, pods);
      case "DaemonSet" -> add(object, daemonSets);
      default -> ignored.merge(object.kind(), 1, Integer::sum);
    }
  }

  private void add(PlacedObject object, List<PlacedObject> kind) {
    int before = problems.size();
    ObjectCheck.check(object, problems::add);
    if (!object.name().isEmpty()) {
      refuseSecond(seen, object.title(), object, "metadata.name");
    }
    var uid = Json.text(object.tree(), "metadata", "uid");
    if (!uid.isEmpty() && problems.size() == before) {
      refuseSecond(uids, uid, object, "metadata.uid");
    }
    kind.add(object);
  }

  private void refuseSecond(
      Map<String, PlacedObject> known, String key, PlacedObject object, String field) {
    var first = known.putIfAbsent(key, object);
    if (first != null) {
      var file = first.source().equals(object.source()) ? "" : first.source() + ": ";
      var where = first.place().isEmpty() ? first.title() : first.place();
      problems.add(object.problem(field, "is there twice, first in " + file + where));
    }
  }

  private ClusterOutcome finish(String source) {
    pods.forEach(this::checkNode);
    if (nodes.isEmpty() && problems.isEmpty()) {
      problems.add(source + ": has no nodes; give the output of kubectl get nodes,pods -A -o json");
    }
    if (!problems.isEmpty()) {
      return new ClusterOutcome.Bad(problems);
    }
    var notes = new ArrayList<String>();
    if (!ignored.isEmpty()) {
      notes.add(
          source
              + ": nothing is made of "
              + String.join(
                  ", ", ignored.entrySet().stream().map(ClusterAssembly::counted).toList()));
    }
    return new ClusterOutcome.Good(
        new InitialCluster(trees(nodes), trees(pods), trees(daemonSets)), notes);
  }

  private static String counted(Map.Entry<String, Integer> kind) {
    return kind.getValue() + " " + Quoted.plain(kind.getKey());
  }

  private void checkNode(PlacedObject pod) {
    var node = Json.text(pod.tree(), "spec", "nodeName");
    if (!node.isEmpty() && !seen.containsKey("Node " + node)) {
      var similar = "";
      if (suggestions < SUGGESTIONS_MAX) {
        suggestions++;
        similar = Suggestion.question(node, nodes.stream().map(PlacedObject::name).toList());
      }
      problems.add(pod.problem("spec.nodeName", "there is no node " + Quoted.of(node) + similar));
    }
  }

  private static List<ObjectNode> trees(List<PlacedObject> objects) {
    return objects.stream().map(PlacedObject::tree).toList();
  }
}
