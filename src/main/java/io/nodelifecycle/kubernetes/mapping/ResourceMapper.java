package io.nodelifecycle.kubernetes.mapping;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.mapping.JsonCursor.FieldReader;
import io.nodelifecycle.kubernetes.mapping.ObjectHeader.LabelChoice;
import java.time.Instant;
import java.util.Optional;

/**
 * Turns the objects of one resource into observations. It is filled by {@link #read} and asked
 * about what was read last; not thread-safe.
 */
public abstract sealed class ResourceMapper
    permits NodeMapper, PodMapper, LeaseMapper, DaemonSetMapper {
  final JsonCursor json;
  final SharedValues values;
  final ObjectHeader header;

  private final boolean isNamespaced;
  private final FieldReader fieldReader = this::readField;

  /** Namespaced are those of several namespaces: only there the namespace is part of the name. */
  ResourceMapper(
      JsonCursor json, SharedValues values, LabelChoice labelChoice, boolean isNamespaced) {
    this.json = json;
    this.values = values;
    this.header = new ObjectHeader(json, labelChoice);
    this.isNamespaced = isNamespaced;
  }

  /**
   * A mapper for objects of this resource.
   *
   * @param json where they are read from
   * @param values shares what repeats between objects; may outlive the mapper
   */
  public static ResourceMapper of(Resource resource, JsonCursor json, SharedValues values) {
    return switch (resource) {
      case NODES -> new NodeMapper(json, values);
      case PODS -> new PodMapper(json, values);
      case LEASES -> new LeaseMapper(json, values);
      case DAEMON_SETS -> new DaemonSetMapper(json, values);
    };
  }

  /** Reads the object that the cursor stands on; it may also be a Status. */
  public final void read() {
    header.clear();
    clear();
    json.object(fieldReader);
  }

  private void readField(String field) {
    if (!readOwn(field) && !header.read(field)) {
      json.skip();
    }
  }

  /** Forgets what was read of the object before. */
  abstract void clear();

  /** Reads a field that only objects of this resource have; false if it is none of those. */
  abstract boolean readOwn(String field);

  /** The version of the object, empty if it has none. */
  public final String resourceVersion() {
    return header.resourceVersion;
  }

  /** The object's name, with its namespace where there are several; empty if it has none. */
  public final String displayName() {
    return isNamespaced ? header.toString() : header.name;
  }

  /** What the object says if it is a Status. */
  public final ApiStatus status() {
    return header.status();
  }

  /** Why the object cannot be used, if it cannot: it lacks what every object has. */
  public final Optional<String> problem() {
    return header.problem(isNamespaced);
  }

  /**
   * What was seen; empty if the object is of no interest. Only if there is no {@link #problem}.
   *
   * @param isListed whether it comes from a list
   * @param wallClock when it was received
   */
  public abstract Optional<Observation> seen(boolean isListed, Instant wallClock);

  /**
   * That the object is gone; empty if it was of no interest. Only if there is no {@link #problem}.
   */
  public abstract Optional<Observation> gone();
}
