package io.nodelifecycle.sandbox.story;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Makes a story's rates fit a larger cluster, so that it takes the same time. */
final class StoryFlags {
  private static final Set<String> PER_NODE =
      Set.of("node-eviction-rate", "secondary-node-eviction-rate");
  private static final Set<String> PER_POD = Set.of("kube-api-qps", "kube-api-burst");

  private StoryFlags() {}

  /** The flags for a cluster that is another than the one they were written for. */
  static Map<String, String> scaled(
      Map<String, String> flags, ClusterShape written, ClusterShape actual) {
    double nodes = Math.max(1, perZone(actual) / perZone(written));
    double pods = Math.max(1, (double) pods(actual) / pods(written));
    var scaled = new LinkedHashMap<>(flags);
    scaled.replaceAll((name, value) -> {
      if (PER_NODE.contains(name)) {
        return times(value, nodes);
      }
      return PER_POD.contains(name) ? times(value, Math.ceil(pods)) : value;
    });
    return scaled;
  }

  private static double perZone(ClusterShape cluster) {
    return (double) cluster.nodes() / cluster.zones().size();
  }

  private static int pods(ClusterShape cluster) {
    return Math.max(1, cluster.nodes() * (1 + cluster.podsPerNode()));
  }

  private static String times(String value, double factor) {
    if (factor == 1) {
      return value;
    }
    try {
      double product = Double.parseDouble(value) * factor;
      return product == Math.rint(product) ? Long.toString((long) product) : "" + product;
    } catch (NumberFormatException _) {
      // The flag's own reader says what is wrong with it.
      return value;
    }
  }
}
