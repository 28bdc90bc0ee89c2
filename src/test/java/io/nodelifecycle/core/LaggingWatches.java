package io.nodelifecycle.core;

import io.nodelifecycle.core.model.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Watches that deliver nothing for a while, and what they hold back. */
final class LaggingWatches {
  private final Map<Resource, List<Observation>> held = new EnumMap<>(Resource.class);

  void begin(Resource resource) {
    held.putIfAbsent(resource, new ArrayList<>());
  }

  /** Whether the watch lags; then it delivers this later. */
  boolean holdsBack(Resource resource, Observation observation) {
    var observations = held.get(resource);
    return observations != null && observations.add(observation);
  }

  /** What was held back. */
  List<Observation> end(Resource resource) {
    var observations = held.remove(resource);
    return observations == null ? List.of() : observations;
  }
}
