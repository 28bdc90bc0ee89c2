package io.nodelifecycle.config;

import io.nodelifecycle.config.OperatingMode.Choices;
import io.nodelifecycle.config.OperatingMode.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of what the controllers, flags and gates come to. Every combination is in exactly one
 * row; what makes no difference in a row is left open.
 */
final class OperatingModesDocument {
  private static final String ANY = "any";

  private static final String INTRODUCTION =
      """

      ## What the switches come to

      Every combination of `--controllers`, `--enable-taint-manager` and the gates that choose what
      is done is in exactly one row; `any` means that the setting makes no difference there. A gate
      that makes no difference and was set nevertheless is warned about.

      """;

  /** A setting that decides, and the values that it can have. */
  private enum Switch {
    NODE_LIFECYCLE(ControllerName.NODE_LIFECYCLE.text()),
    TAINT_EVICTION(ControllerName.TAINT_EVICTION.text()),
    TAINT_MANAGER("--" + SettingRegistry.ENABLE_TAINT_MANAGER.name()),
    TAINT_BASED(FeatureGate.TAINT_BASED_EVICTIONS.text()),
    BY_CONDITION(FeatureGate.TAINT_NODES_BY_CONDITION.text()),
    DISRUPTION_CONDITION(FeatureGate.POD_DISRUPTION_CONDITIONS.text()),
    COMPARISON(FeatureGate.TAINT_TOLERATION_COMPARISON_OPERATORS.text()),
    FROM_TAINT(FeatureGate.TOLERATION_SECONDS_FROM_TAINT.text());

    private final String title;

    Switch(String title) {
      this.title = title;
    }
  }

  /** One row: for each switch its value, or that it makes no difference. */
  record Row(List<String> cells, OperatingMode mode) {
    /** Whether a combination belongs to this row. */
    boolean fits(List<Boolean> values) {
      for (int i = 0; i < cells.size(); i++) {
        if (!cells.get(i).equals(ANY) && !cells.get(i).equals(text(i, values.get(i)))) {
          return false;
        }
      }
      return true;
    }
  }

  private OperatingModesDocument() {}

  static String markdown() {
    var text = new StringBuilder(INTRODUCTION);
    text.append(
        line(
            Stream.concat(Arrays.stream(Switch.values()).map(s -> s.title), Stream.of("meaning"))));
    text.append(line(Stream.generate(() -> "---").limit(Switch.values().length + 1L)));
    for (var row : rows()) {
      text.append(line(Stream.concat(row.cells.stream(), Stream.of(meaning(row.mode)))));
    }
    return text.toString();
  }

  private static String line(Stream<String> cells) {
    return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** All rows. */
  static List<Row> rows() {
    var rows = new ArrayList<Row>();
    addRows(List.of(), List.of(), rows);
    return rows;
  }

  /** Branches at each switch that makes a difference after those before it. */
  private static void addRows(List<Boolean> values, List<String> cells, List<Row> rows) {
    var position = values.size();
    if (position == Switch.values().length) {
      rows.add(new Row(cells, mode(values)));
    } else if (outcomes(with(values, true)).equals(outcomes(with(values, false)))) {
      addRows(with(values, true), with(cells, ANY), rows);
    } else {
      for (var value : List.of(true, false)) {
        addRows(with(values, value), with(cells, text(position, value)), rows);
      }
    }
  }

  /** What each combination of the switches that are not set yet comes to. */
  private static List<OperatingMode> outcomes(List<Boolean> values) {
    if (values.size() == Switch.values().length) {
      return List.of(mode(values));
    }
    return Stream.of(true, false).flatMap(value -> outcomes(with(values, value)).stream()).toList();
  }

  private static <T> List<T> with(List<T> list, T last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }

  /** What these values of all switches, in their order, come to. */
  static OperatingMode mode(List<Boolean> values) {
    return OperatingMode.of(
        new Choices(
            values.get(Switch.NODE_LIFECYCLE.ordinal()),
            values.get(Switch.TAINT_EVICTION.ordinal()),
            values.get(Switch.TAINT_MANAGER.ordinal()),
            values.get(Switch.TAINT_BASED.ordinal()),
            values.get(Switch.BY_CONDITION.ordinal()),
            values.get(Switch.DISRUPTION_CONDITION.ordinal()),
            values.get(Switch.COMPARISON.ordinal()),
            values.get(Switch.FROM_TAINT.ordinal())));
  }

  private static String text(int position, boolean value) {
    var isController = position <= Switch.TAINT_EVICTION.ordinal();
    return isController ? (value ? "on" : "off") : Boolean.toString(value);
  }

  private static String meaning(OperatingMode mode) {
    if (mode.isNothing()) {
      return "refused: nothing would run";
    }
    return Stream.of(nodes(mode), pods(mode)).collect(Collectors.joining(" "));
  }

  private static String nodes(OperatingMode mode) {
    if (!mode.hasNodeLifecycle()) {
      return "Health, conditions and taints of nodes are left to another controller.";
    }
    var byCondition =
        mode.hasConditionTaints()
            ? "Conditions become NoSchedule taints."
            : "No NoSchedule taints are set or removed.";
    var failure =
        mode.failure() == Failure.TAINT
            ? " A failed node gets a NoExecute taint."
            : " A failed node's pods are evicted after `--pod-eviction-timeout`.";
    return byCondition + failure;
  }

  private static String pods(OperatingMode mode) {
    if (!mode.hasTaintEviction()) {
      return mode.failure() == Failure.TAINT
          ? "Evicting pods for NoExecute taints is left to another controller."
          : "No pod is deleted here for a NoExecute taint.";
    }
    return "NoExecute taints%s evict pods %s; tolerationSeconds count from %s%s."
        .formatted(
            mode.failure() == Failure.TIMEOUT ? " set by hand" : "",
            mode.hasDisruptionCondition()
                ? "after the condition DisruptionTarget"
                : "without the condition DisruptionTarget",
            mode.isAnchoredAtTaint() ? "the taint's appearance" : "when the timer was set",
            mode.hasComparisonOperators() ? "; `Lt` and `Gt` match" : "");
  }
}
