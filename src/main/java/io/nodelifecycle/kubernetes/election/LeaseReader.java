package io.nodelifecycle.kubernetes.election;

import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import java.time.Duration;
import java.util.Optional;

/** Reads the election's lease; what is missing or of another type is empty or zero. */
final class LeaseReader {
  private static final long SECONDS_MAX = 1L << 40;

  private final JsonCursor json;
  private String name = "";
  private String resourceVersion = "";
  private String holder = "";
  private String acquireTime = "";
  private String renewTime = "";
  private long seconds;
  private long transitions;

  private LeaseReader(JsonCursor json) {
    this.json = json;
  }

  /** The lease; empty if it is not one of that name. */
  static Optional<ElectionLease> read(JsonCursor json, String name) {
    var reader = new LeaseReader(json);
    if (!json.nextDocument()) {
      return Optional.empty();
    }
    json.object(reader::readField);
    return reader.name.equals(name) && !reader.resourceVersion.isEmpty()
        ? Optional.of(reader.lease())
        : Optional.empty();
  }

  private ElectionLease lease() {
    return new ElectionLease(
        holder,
        Duration.ofSeconds(Math.clamp(seconds, 0, SECONDS_MAX)),
        acquireTime,
        renewTime,
        Math.clamp(transitions, 0, Integer.MAX_VALUE - 1),
        resourceVersion);
  }

  private void readField(String field) {
    switch (field) {
      case "metadata" -> json.object(this::readMetadata);
      case "spec" -> json.object(this::readSpec);
      default -> json.skip();
    }
  }

  private void readMetadata(String field) {
    switch (field) {
      case "name" -> name = json.text();
      case "resourceVersion" -> resourceVersion = json.text();
      default -> json.skip();
    }
  }

  private void readSpec(String field) {
    switch (field) {
      case "holderIdentity" -> holder = json.text();
      case "leaseDurationSeconds" -> seconds = json.number().orElse(0);
      case "acquireTime" -> acquireTime = json.text();
      case "renewTime" -> renewTime = json.text();
      case "leaseTransitions" -> transitions = json.number().orElse(0);
      default -> json.skip();
    }
  }
}
