package io.nodelifecycle.kubernetes.mapping;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.LeaseGone;
import io.nodelifecycle.core.Observation.LeaseSeen;
import io.nodelifecycle.kubernetes.mapping.JsonCursor.FieldReader;
import io.nodelifecycle.kubernetes.mapping.ObjectHeader.LabelChoice;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads leases: of a lease only its name and version count, since any change of it is a heartbeat.
 */
public final class LeaseMapper implements ResourceMapper {
  private final JsonCursor json;
  private final SharedValues values;
  private final ObjectHeader header;
  private final FieldReader fieldReader = this::readField;

  LeaseMapper(JsonCursor json, SharedValues values) {
    this.json = json;
    this.values = values;
    header = new ObjectHeader(json, LabelChoice.NONE);
  }

  @Override
  public void read() {
    header.clear();
    json.object(fieldReader);
  }

  @Override
  public String resourceVersion() {
    return header.resourceVersion;
  }

  @Override
  public String displayName() {
    return header.name;
  }

  @Override
  public ApiStatus status() {
    return header.status();
  }

  @Override
  public Optional<String> problem() {
    return header.problem(false);
  }

  @Override
  public Optional<Observation> seen(boolean isListed, Instant wallClock) {
    return Optional.of(new LeaseSeen(values.text(header.name), header.resourceVersion));
  }

  @Override
  public Optional<Observation> gone() {
    return Optional.of(new LeaseGone(header.name));
  }

  private void readField(String field) {
    if (!header.read(field)) {
      json.skip();
    }
  }
}
