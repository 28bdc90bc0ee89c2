package io.nodelifecycle.sandbox.story;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What the nodes, zones and pods of a cluster are called.
 *
 * @param nodesByZone the names of nodes, by zone, in the order in which zones are counted
 * @param podKinds the kinds of pods: what their label {@code app} says
 */
public record ClusterNames(SequencedMap<String, List<String>> nodesByZone, List<String> podKinds) {
  /** Takes copies. */
  public ClusterNames {
    nodesByZone = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(nodesByZone));
    podKinds = List.copyOf(podKinds);
  }

  /** The names in a story's own cluster. */
  public static ClusterNames of(ClusterShape cluster) {
    return new ClusterNames(
        cluster.nodesByZone(), cluster.pods().stream().map(PodKind::name).toList());
  }
}
