package io.nodelifecycle.core.taint;

import io.nodelifecycle.core.model.NodeLabels;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the older labels for operating system and architecture equal to the ones that replaced
 * them.
 */
public final class LabelPlanner {
  private LabelPlanner() {}

  /** The labels to set on a node with these labels; empty if all is well. */
  public static Map<String, String> plan(Map<String, String> labels) {
    var changes = new LinkedHashMap<String, String>();
    copy(labels, NodeLabels.OS, NodeLabels.OS_BETA, changes);
    copy(labels, NodeLabels.ARCH, NodeLabels.ARCH_BETA, changes);
    return Collections.unmodifiableMap(changes);
  }

  private static void copy(
      Map<String, String> labels, String from, String to, Map<String, String> changes) {
    var value = labels.get(from);
    if (value != null && !value.equals(labels.get(to))) {
      changes.put(to, value);
    }
  }
}
