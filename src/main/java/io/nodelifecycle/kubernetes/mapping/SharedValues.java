package io.nodelifecycle.kubernetes.mapping;

import io.nodelifecycle.core.model.Toleration;
import java.util.List;
import java.util.Map;

/**
 * Values that repeat between objects and are kept once: names of nodes and namespaces, values of
 * labels and taints, whole lists of tolerations and sets of labels. Not thread-safe.
 */
public final class SharedValues {
  private static final int STRINGS = 32_768;

  /** In all lists together: one list may have hundreds. */
  private static final int TOLERATIONS = 16_384;

  /** In all sets together. */
  private static final int LABELS = 16_384;

  private final Interner<String> strings = new Interner<>(STRINGS, _ -> 1);
  private final Interner<List<Toleration>> tolerations = new Interner<>(TOLERATIONS, List::size);
  private final Interner<Map<String, String>> labels = new Interner<>(LABELS, Map::size);
  private final boolean hasPodLabels;

  /**
   * Remembers nothing yet.
   *
   * @param hasPodLabels whether labels of pods are kept, which only those who follow DaemonSets
   *     need
   */
  public SharedValues(boolean hasPodLabels) {
    this.hasPodLabels = hasPodLabels;
  }

  boolean hasPodLabels() {
    return hasPodLabels;
  }

  String text(String text) {
    return text.isEmpty() ? "" : strings.intern(text);
  }

  Map<String, String> labels(Map<String, String> set) {
    return set.isEmpty() ? Map.of() : labels.intern(Map.copyOf(set));
  }

  List<Toleration> tolerations(List<Toleration> list) {
    return list.isEmpty() ? List.of() : tolerations.intern(List.copyOf(list));
  }
}
