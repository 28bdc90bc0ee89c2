package io.nodelifecycle.golden;

import java.util.Locale;

/**
 * One line of what a watcher saw.
 *
 * @param at seconds from the start of the recording
 * @param kind node, pod or event
 * @param name the node, the pod as namespace/name, or an event's object with its kind
 * @param what what changed: a taint, condition, label or the deletion; an event's reason
 * @param value what it is now; of an event its type, component and message
 * @param count how often an event had happened by then; 1 otherwise
 */
record Change(double at, String kind, String name, String what, String value, int count) {
  /** How soon a change may come before the recorded one; sooner is fine for most. */
  private static final double HASTE = 2.0;

  static Change of(double at, String kind, String name, String what, String value) {
    return new Change(at, kind, name, what, value, 1);
  }

  /** The value of an event, of which the count is not part. */
  static String event(String type, String component, String message) {
    return type + " " + component + ": " + message;
  }

  Change at(double seconds) {
    return new Change(seconds, kind, name, what, value, count);
  }

  Change renamed(String newName, String newValue) {
    return new Change(at, kind, newName, what, newValue, count);
  }

  /** A verdict or an eviction must not come early: patience and rates are part of the contract. */
  double haste() {
    var rated =
        (what.endsWith(":NoExecute") && value.equals("on"))
            || value.startsWith("Unknown/")
            || what.equals("deleting");
    return rated ? HASTE : Double.MAX_VALUE;
  }

  /** What makes two changes the same, whenever they happened. */
  String key() {
    return kind + " " + name + " " + what + " = " + value;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%7.3f %s", at, key());
  }
}
