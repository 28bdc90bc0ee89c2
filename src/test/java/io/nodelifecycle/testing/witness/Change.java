package io.nodelifecycle.testing.witness;

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
public record Change(double at, String kind, String name, String what, String value, int count) {

  /** A change that is not a repeated event. */
  public static Change of(double at, String kind, String name, String what, String value) {
    return new Change(at, kind, name, what, value, 1);
  }

  /** The value of an event, of which the count is not part. */
  public static String event(String type, String component, String message) {
    return type + " " + component + ": " + message;
  }

  /** The same change at another time. */
  public Change at(double seconds) {
    return new Change(seconds, kind, name, what, value, count);
  }

  /** The same change of another object. */
  public Change renamed(String newName, String newValue) {
    return new Change(at, kind, newName, what, newValue, count);
  }

  /** What makes two changes the same, whenever they happened. */
  public String key() {
    return kind + " " + name + " " + what + " = " + value;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%7.3f %s", at, key());
  }
}
