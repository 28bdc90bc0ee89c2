package io.nodelifecycle.core.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which pods belong to a controller, by their labels: all requirements must hold.
 *
 * @param requirements {@code matchLabels} as requirements with one value, and {@code
 *     matchExpressions}
 */
public record PodSelector(List<Requirement> requirements) {
  /** What a requirement asks of a label. */
  public enum Operator {
    /** It has one of the values. */
    IN,
    /** It has none of the values, or is not there. */
    NOT_IN,
    /** It is there. */
    EXISTS,
    /** It is not there. */
    DOES_NOT_EXIST,
    /** Something that this version does not know: matches nothing. */
    UNKNOWN
  }

  /** One requirement; {@code values} counts for {@code IN} and {@code NOT_IN} only. */
  public record Requirement(String key, Operator operator, Set<String> values) {
    private boolean isMet(Map<String, String> labels) {
      var value = labels.get(key);
      return switch (operator) {
        case IN -> value != null && values.contains(value);
        case NOT_IN -> value == null || !values.contains(value);
        case EXISTS -> value != null;
        case DOES_NOT_EXIST -> value == null;
        case UNKNOWN -> false;
      };
    }
  }

  /**
   * Whether a pod with these labels is selected. As the DaemonSet controllers of Kubernetes have
   * it, an empty selector selects nothing, and a pod without labels is selected by nothing.
   */
  public boolean matches(Map<String, String> labels) {
    if (requirements.isEmpty() || labels.isEmpty()) {
      return false;
    }
    for (var requirement : requirements) {
      if (!requirement.isMet(labels)) {
        return false;
      }
    }
    return true;
  }
}
