package io.nodelifecycle.sandbox.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** When events are forgotten: an hour after they were last written, as on a real server. */
final class EventExpiry {
  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

  private final Map<String, Instant> written = new LinkedHashMap<>();

  /** An event was created or changed. */
  void written(String key, Instant now) {
    written.remove(key);
    written.put(key, now);
  }

  /** An event was deleted. */
  void removed(String key) {
    written.remove(key);
  }

  /** The key of an event that is due, if there is one. */
  Optional<String> due(Instant now) {
    return written.entrySet().stream()
        .findFirst()
        .filter(oldest -> !now.isBefore(oldest.getValue().plus(TIME_TO_LIVE)))
        .map(Map.Entry::getKey);
  }
}
