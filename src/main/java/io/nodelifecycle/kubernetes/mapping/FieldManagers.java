package io.nodelifecycle.kubernetes.mapping;

import io.nodelifecycle.core.Observation.ReadOutcome.Writers;
import java.time.Instant;

/**
 * Reads from a node's {@code metadata.managedFields} who last wrote its Ready condition and its
 * taints. What nobody owns any more, such as a list that became empty, says nothing. Not
 * thread-safe.
 */
public final class FieldManagers {
  private static final String READY = "k:{\"type\":\"Ready\"}";

  private final JsonCursor json;
  private final Latest conditions = new Latest();
  private final Latest taints = new Latest();
  private String manager = "";
  private Instant time = Instant.MIN;
  private boolean hasReady;
  private boolean hasTaints;

  private FieldManagers(JsonCursor json) {
    this.json = json;
  }

  /** Reads the node that the cursor stands on. */
  public static Writers read(JsonCursor json) {
    var reader = new FieldManagers(json);
    json.object(field -> {
      if (field.equals("metadata")) {
        json.object(reader::readMetadata);
      } else {
        json.skip();
      }
    });
    return new Writers(reader.conditions.manager, reader.taints.manager);
  }

  /** Who wrote last. */
  private static final class Latest {
    String manager = "";
    private Instant time = Instant.MIN;

    void offer(String candidate, Instant at) {
      if (!at.isBefore(time)) {
        manager = candidate;
        time = at;
      }
    }
  }

  private void readMetadata(String field) {
    if (field.equals("managedFields")) {
      json.array(this::readEntry);
    } else {
      json.skip();
    }
  }

  private void readEntry() {
    manager = "";
    time = Instant.MIN;
    hasReady = false;
    hasTaints = false;
    json.object(this::readEntryField);
    if (hasReady) {
      conditions.offer(manager, time);
    }
    if (hasTaints) {
      taints.offer(manager, time);
    }
  }

  private void readEntryField(String field) {
    switch (field) {
      case "manager" -> manager = json.text();
      case "time" -> time = Timestamps.clamped(json.text()).orElse(Instant.MIN);
      case "fieldsV1" -> json.object(this::readFields);
      default -> json.skip();
    }
  }

  private void readFields(String field) {
    switch (field) {
      case "f:spec" ->
          json.object(each -> {
            hasTaints |= each.equals("f:taints");
            json.skip();
          });
      case "f:status" ->
          json.object(each -> {
            if (each.equals("f:conditions")) {
              json.object(this::readCondition);
            } else {
              json.skip();
            }
          });
      default -> json.skip();
    }
  }

  /** Several managers own fields of one condition: who wrote its status counts. */
  private void readCondition(String key) {
    if (!key.equals(READY)) {
      json.skip();
      return;
    }
    json.object(field -> {
      hasReady |= field.equals("f:status");
      json.skip();
    });
  }
}
