package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.core.model.Zone;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.story.ClusterNames;
import io.nodelifecycle.simulate.engine.InitialCluster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people call the zones of a cluster: by the value of their label, with the region before it
 * only where two regions have a zone of the same name.
 */
public final class ClusterNaming {
  /** The zone of nodes that do not say which. */
  private static final String UNNAMED = "unnamed";

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
    var ambiguous = ambiguous(byZone.keySet());
    var named = new LinkedHashMap<String, List<String>>();
    byZone.forEach((zone, nodes) -> named.put(name(zone, ambiguous), nodes));
    var kinds = new TreeSet<String>();
    cluster.pods().forEach(pod -> kinds.add(Json.text(pod, "metadata", "labels", "app")));
    kinds.remove("");
    return new ClusterNames(named, List.copyOf(kinds));
  }

  private static Zone zone(ObjectNode node) {
    var labels = new HashMap<String, String>();
    for (Map.Entry<String, ?> label : Json.at(node, "metadata", "labels").properties()) {
      labels.put(label.getKey(), Json.text(node, "metadata", "labels", label.getKey()));
    }
    return Zone.of(labels);
  }

  private static Set<String> ambiguous(Set<Zone> zones) {
    var once = new HashSet<String>();
    var twice = new HashSet<String>();
    zones.forEach(zone -> {
      if (!once.add(zone.zone())) {
        twice.add(zone.zone());
      }
    });
    return twice;
  }

  private static String name(Zone zone, Set<String> ambiguous) {
    if (zone.label().isEmpty()) {
      return UNNAMED;
    }
    return zone.zone().isEmpty() || ambiguous.contains(zone.zone()) ? zone.label() : zone.zone();
  }
}
