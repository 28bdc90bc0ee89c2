package io.nodelifecycle.kubernetes.mapping;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.LeaseGone;
import io.nodelifecycle.core.Observation.LeaseSeen;
import io.nodelifecycle.kubernetes.mapping.ObjectHeader.LabelChoice;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads leases: of a lease only its name and version count, since any change of it is a heartbeat.
 */
public final class LeaseMapper extends ResourceMapper {

  LeaseMapper(JsonCursor json, SharedValues values) {
    super(json, values, LabelChoice.NONE, false);
  }

  @Override
  void clear() {
    // All that counts is in the header.
  }

  @Override
  boolean readOwn(String field) {
    return false;
  }

  @Override
  public Optional<Observation> seen(boolean isListed, Instant wallClock) {
    return Optional.of(new LeaseSeen(values.text(header.name), header.resourceVersion));
  }

  @Override
  public Optional<Observation> gone() {
    return Optional.of(new LeaseGone(header.name));
  }
}
