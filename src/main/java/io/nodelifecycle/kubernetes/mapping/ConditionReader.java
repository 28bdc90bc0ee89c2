package io.nodelifecycle.kubernetes.mapping;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.kubernetes.mapping.JsonCursor.FieldReader;
import java.time.Instant;
import java.util.Optional;

/** Reads one element of {@code status.conditions} of a node or pod at a time. */
final class ConditionReader {
  private final JsonCursor json;
  private final FieldReader fieldReader = this::readField;
  private String type = "";
  private String status = "";
  private String lastHeartbeatTime = "";
  private String lastTransitionTime = "";

  ConditionReader(JsonCursor json) {
    this.json = json;
  }

  void read() {
    type = "";
    status = "";
    lastHeartbeatTime = "";
    lastTransitionTime = "";
    json.object(fieldReader);
  }

  /** Empty if the element has none, and for an element that is no object. */
  String type() {
    return type;
  }

  ConditionStatus status() {
    return ConditionStatus.of(status);
  }

  Optional<Instant> lastHeartbeatTime() {
    return Timestamps.clamped(lastHeartbeatTime);
  }

  Optional<Instant> lastTransitionTime() {
    return Timestamps.clamped(lastTransitionTime);
  }

  private void readField(String field) {
    switch (field) {
      case "type" -> type = json.text();
      case "status" -> status = json.text();
      case "lastHeartbeatTime" -> lastHeartbeatTime = json.text();
      case "lastTransitionTime" -> lastTransitionTime = json.text();
      default -> json.skip();
    }
  }
}
