package io.nodelifecycle.sandbox.story;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The cluster at the beginning.
 *
 * @param zones the names of the zones
 * @param nodes how many nodes there are in all zones together, spread evenly
 * @param pods the kinds of pods
 */
public record ClusterShape(List<String> zones, int nodes, List<PodKind> pods) {
  /** How many zones a sandbox may have. */
  public static final int ZONES_MAX = 26;

  /** How many nodes a sandbox may have. */
  public static final int NODES_MAX = 5000;

  /** How many pods a node may have. */
  public static final int PODS_PER_NODE_MAX = 110;

  /** Takes copies. */
  public ClusterShape {
    zones = List.copyOf(zones);
    pods = List.copyOf(pods);
  }

  /** Names for so many zones: a, b, c. */
  public static List<String> zoneNames(int count) {
    var names = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      names.add(Character.toString('a' + i));
    }
    return names;
  }

  /** The name of a zone's node: {@code node-a1}, {@code node-eu-1a-1}. */
  public static String nodeName(String zone, int number) {
    return "node-" + zone + (zone.length() > 1 ? "-" : "") + number;
  }

  /** The nodes' names by zone; the first zones have one more where it does not come out even. */
  public SequencedMap<String, List<String>> nodesByZone() {
    var byZone = new LinkedHashMap<String, List<String>>();
    for (int zone = 0; zone < zones.size(); zone++) {
      int size = nodes / zones.size() + (zone < nodes % zones.size() ? 1 : 0);
      var names = new ArrayList<String>();
      for (int number = 1; number <= size; number++) {
        names.add(nodeName(zones.get(zone), number));
      }
      byZone.put(zones.get(zone), names);
    }
    return byZone;
  }

  /** How many pods a node has at the beginning. */
  public int podsPerNode() {
    return pods.stream().mapToInt(PodKind::perNode).sum();
  }

  /**
   * The same kinds of pods, another number of them on each node: handed out in turn, by the weight
   * that a kind has here. The kinds that come last get none where there are too few.
   */
  public ClusterShape withPodsPerNode(int wanted) {
    var counts = new LinkedHashMap<String, Integer>();
    pods.forEach(kind -> counts.put(kind.name(), 0));
    int left = wanted;
    boolean isFirstRound = true;
    while (left > 0 && !pods.isEmpty()) {
      left = handOut(counts, left, isFirstRound);
      isFirstRound = false;
    }
    var scaled =
        pods.stream().map(kind -> kind.times(counts.getOrDefault(kind.name(), 0))).toList();
    return new ClusterShape(zones, nodes, scaled);
  }

  private int handOut(Map<String, Integer> counts, int pods, boolean isFirstRound) {
    int left = pods;
    for (var kind : this.pods) {
      int share = Math.min(left, isFirstRound ? 1 : kind.perNode());
      counts.merge(kind.name(), share, Integer::sum);
      left -= share;
    }
    return left;
  }
}
