package io.nodelifecycle.config;

import io.nodelifecycle.config.value.Parsed;
import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.config.value.Suggestion;
import io.nodelifecycle.config.value.ValueType;
import io.nodelifecycle.config.value.ValueTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A behaviour that can be switched on or off by its name in {@code --feature-gates}. */
enum FeatureGate {
  TAINT_BASED_EVICTIONS(
      "TaintBasedEvictions",
      true,
      "A node that is not ready gets a NoExecute taint, which decides about its pods; off: they are"
          + " evicted after pod-eviction-timeout.",
      ""),
  TAINT_NODES_BY_CONDITION(
      "TaintNodesByCondition",
      true,
      "Conditions of a node and spec.unschedulable become NoSchedule taints.",
      ""),
  POD_DISRUPTION_CONDITIONS(
      "PodDisruptionConditions",
      true,
      "A pod gets the condition DisruptionTarget before it is deleted for a taint.",
      ""),
  TAINT_TOLERATION_COMPARISON_OPERATORS(
      "TaintTolerationComparisonOperators",
      false,
      "Tolerations may compare whole numbers with the operators Lt and Gt.",
      ""),
  TOLERATION_SECONDS_FROM_TAINT(
      "TolerationSecondsFromTaint",
      true,
      "tolerationSeconds count from the taint's appearance, also over a restart; off: from the"
          + " moment at which the timer was first set.",
      ""),
  LIVE_LEASE_CHECK(
      "LiveLeaseCheck",
      true,
      "Before a node is declared silent its lease is read live: a watch that is behind condemns"
          + " nobody.",
      ""),
  LIVE_TAINT_CHECK(
      "LiveTaintCheck",
      true,
      "Before a pod is deleted its node is read live, and what it really carries decides.",
      "");

  private static final String REMEDY = "give NAME=true or NAME=false; known gates: ";

  private final String text;
  private final boolean isOnByDefault;
  private final String help;
  private final String refused;

  FeatureGate(String text, boolean isOnByDefault, String help, String refused) {
    this.text = text;
    this.isOnByDefault = isOnByDefault;
    this.help = help;
    this.refused = refused;
  }

  /** The gate's name as it is written. */
  String text() {
    return text;
  }

  boolean isOnByDefault() {
    return isOnByDefault;
  }

  String help() {
    return help;
  }

  /** Which value is refused; empty where both work. */
  String refused() {
    return refused;
  }

  /** One gate switched on or off. */
  record Choice(FeatureGate gate, boolean isOn) {}

  /** Type of one {@code NAME=BOOL}. */
  static ValueType<Choice> choices() {
    return new ValueType<>(
        "NAME=BOOL,...",
        "list of gates, each with true or false",
        "unknown gate, or neither true nor false",
        FeatureGate::parse,
        choice -> choice.gate().text() + "=" + choice.isOn());
  }

  private static Parsed<Choice> parse(String text) {
    int equals = text.indexOf('=');
    String name = (equals < 0 ? text : text.substring(0, equals)).strip();
    Optional<FeatureGate> gate =
        Arrays.stream(values()).filter(known -> known.text.equals(name)).findFirst();
    if (gate.isEmpty()) {
      return Parsed.bad(
          "has the unknown gate " + Quoted.of(name) + Suggestion.question(name, names()),
          REMEDY + String.join(", ", names()));
    }
    if (equals < 0) {
      return Parsed.bad("has no value for the gate " + name, REMEDY + String.join(", ", names()));
    }
    return ValueTypes.bool()
        .parse(text.substring(equals + 1).strip())
        .then(isOn -> Parsed.good(new Choice(gate.get(), isOn)));
  }

  static List<String> names() {
    return Arrays.stream(values()).map(FeatureGate::text).toList();
  }
}
