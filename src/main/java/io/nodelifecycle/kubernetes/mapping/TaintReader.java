package io.nodelifecycle.kubernetes.mapping;

import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.kubernetes.mapping.JsonCursor.FieldReader;
import java.util.Optional;

/** Reads one element of {@code spec.taints} at a time. */
final class TaintReader {
  private final JsonCursor json;
  private final SharedValues values;
  private final FieldReader fieldReader = this::readField;
  private String key = "";
  private String value = "";
  private String effect = "";
  private String timeAdded = "";

  TaintReader(JsonCursor json, SharedValues values) {
    this.json = json;
    this.values = values;
  }

  /** The taint; empty for an element that has no key, such as null. */
  Optional<Taint> read() {
    key = "";
    value = "";
    effect = "";
    timeAdded = "";
    json.object(fieldReader);
    return key.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Taint(
                values.text(key),
                values.text(value),
                values.text(effect),
                Timestamps.exact(timeAdded).orElse(null)));
  }

  private void readField(String field) {
    switch (field) {
      case "key" -> key = json.text();
      case "value" -> value = json.text();
      case "effect" -> effect = json.text();
      case "timeAdded" -> timeAdded = json.text();
      default -> json.skip();
    }
  }
}
