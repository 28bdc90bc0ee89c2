package io.nodelifecycle.simulate.recording;

import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.simulate.engine.InitialCluster;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What clocks show at the beginning: the time at which the cluster was looked at. */
final class StartTime {
  private static final Instant NONE = Instant.parse("2030-01-01T00:00:00Z");

  private StartTime() {}

  /** The latest time that any object of the cluster speaks of. */
  static Instant of(InitialCluster cluster) {
    var latest = Instant.MIN;
    for (var objects : List.of(cluster.nodes(), cluster.pods())) {
      for (var object : objects) {
        latest = later(latest, Json.at(object, "metadata", "creationTimestamp"));
        for (var condition : Json.at(object, "status", "conditions")) {
          latest = later(latest, condition.path("lastHeartbeatTime"));
          latest = later(latest, condition.path("lastTransitionTime"));
        }
      }
    }
    return latest.equals(Instant.MIN) ? NONE : latest;
  }

  private static Instant later(Instant time, JsonNode text) {
    try {
      var other = text.isString() ? Instant.parse(text.asString()) : Instant.MIN;
      return other.isAfter(time) ? other : time;
    } catch (DateTimeException unreadable) {
      return time;
    }
  }
}
