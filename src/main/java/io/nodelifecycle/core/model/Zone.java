package io.nodelifecycle.core.model;

import java.util.Map;

/**
 * A failure domain: nodes of one zone tend to fail together.
 *
 * @param region the region, empty if the node does not say
 * @param zone the zone within it, empty if the node does not say; both empty: the single unnamed
 *     zone
 */
public record Zone(String region, String zone) {
  /** The zone of a node with these labels; the older label of a pair wins where both exist. */
  public static Zone of(Map<String, String> labels) {
    return new Zone(
        either(labels, NodeLabels.REGION_BETA, NodeLabels.REGION),
        either(labels, NodeLabels.ZONE_BETA, NodeLabels.ZONE));
  }

  private static String either(Map<String, String> labels, String first, String second) {
    var value = labels.get(first);
    return value != null ? value : labels.getOrDefault(second, "");
  }

  /**
   * The value of the metrics' label {@code zone}: {@code region::zone}, empty for the unnamed zone.
   */
  public String label() {
    return region.isEmpty() && zone.isEmpty() ? "" : region + "::" + zone;
  }

  /** The label, or a word where the zone has no name: for people. */
  @Override
  public String toString() {
    var label = label();
    return label.isEmpty() ? "(unnamed)" : label;
  }
}
