package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.core.model.Zone;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.story.ClusterNames;
import io.nodelifecycle.simulate.engine.InitialCluster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** What people call the nodes, zones and pods of a cluster. */
public final class ClusterNaming {
  private ClusterNaming() {}

  /** The names in a cluster, zones in the order of theirs. */
  public static ClusterNames of(InitialCluster cluster) {
    var byZone =
        new TreeMap<Zone, List<String>>(
            Comparator.comparing(Zone::zone).thenComparing(Zone::region));
    for (var node : cluster.nodes()) {
      byZone
          .computeIfAbsent(zone(node), _ -> new ArrayList<>())
          .add(Json.text(node, "metadata", "name"));
    }
    var names = new ZoneNames();
    names.learn(byZone.keySet());
    var named = new LinkedHashMap<String, List<String>>();
    byZone.forEach((zone, nodes) -> named.put(names.of(zone), nodes));
    var kinds = new TreeSet<String>();
    cluster.pods().forEach(pod -> kinds.add(Json.text(pod, "metadata", "labels", "app")));
    kinds.remove("");
    return new ClusterNames(named, List.copyOf(kinds));
  }

  /** The zone that a node's labels say. */
  public static Zone zone(ObjectNode node) {
    var labels = new HashMap<String, String>();
    for (Map.Entry<String, ?> label : Json.at(node, "metadata", "labels").properties()) {
      labels.put(label.getKey(), Json.text(node, "metadata", "labels", label.getKey()));
    }
    return Zone.of(labels);
  }
}
