package io.nodelifecycle.kubernetes.mapping;

import io.nodelifecycle.core.model.Toleration;
import java.util.List;

/**
 * Values that repeat between objects and are kept once: names of nodes and namespaces, values of
 * labels and taints, whole lists of tolerations. Not thread-safe.
 */
public final class SharedValues {
  private static final int STRINGS = 32_768;
  private static final int TOLERATION_LISTS = 4_096;

  private final Interner<String> strings = new Interner<>(STRINGS);
  private final Interner<List<Toleration>> tolerations = new Interner<>(TOLERATION_LISTS);

  /** Remembers nothing yet. */
  public SharedValues() {}

  String text(String text) {
    return text.isEmpty() ? "" : strings.intern(text);
  }

  List<Toleration> tolerations(List<Toleration> list) {
    return list.isEmpty() ? List.of() : tolerations.intern(List.copyOf(list));
  }
}
