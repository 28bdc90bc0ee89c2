package io.nodelifecycle.kubernetes.mapping;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.model.Resource;
import java.time.Instant;
import java.util.Optional;

/**
 * Turns the objects of one resource into observations. It is filled by {@link #read} and asked
 * about what was read last; not thread-safe.
 */
public sealed interface ResourceMapper permits NodeMapper, PodMapper, LeaseMapper, DaemonSetMapper {
  /**
   * A mapper for objects of this resource.
   *
   * @param json where they are read from
   * @param values shares what repeats between objects; may outlive the mapper
   */
  static ResourceMapper of(Resource resource, JsonCursor json, SharedValues values) {
    return switch (resource) {
      case NODES -> new NodeMapper(json, values);
      case PODS -> new PodMapper(json, values);
      case LEASES -> new LeaseMapper(json, values);
      case DAEMON_SETS -> new DaemonSetMapper(json, values);
    };
  }

  /** Reads the object that the cursor stands on; it may also be a Status. */
  void read();

  /** The version of the object, empty if it has none. */
  String resourceVersion();

  /** The object's name, with its namespace where there are several; empty if it has none. */
  String displayName();

  /** What the object says if it is a Status. */
  ApiStatus status();

  /** Why the object cannot be used, if it cannot: it lacks what every object has. */
  Optional<String> problem();

  /**
   * What was seen; empty if the object is of no interest. Only if there is no {@link #problem}.
   *
   * @param isListed whether it comes from a list
   * @param wallClock when it was received
   */
  Optional<Observation> seen(boolean isListed, Instant wallClock);

  /**
   * That the object is gone; empty if it was of no interest. Only if there is no {@link #problem}.
   */
  Optional<Observation> gone();
}
