package io.nodelifecycle.simulate;

import io.nodelifecycle.simulate.plan.OutageOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the command line asks for, each option checked by itself.
 *
 * @param cluster where the cluster comes from
 * @param outage what happens to it
 * @param flags of the controller, as they are written
 * @param comparisons further flags of a controller each
 * @param heartbeatInterval between two renewals of a lease
 * @param output where results go
 */
record SimulateOptions(
    Cluster cluster,
    Outage outage,
    List<String> flags,
    List<String> comparisons,
    Duration heartbeatInterval,
    Output output) {

  SimulateOptions {
    flags = List.copyOf(flags);
    comparisons = List.copyOf(comparisons);
  }

  /**
   * Where the cluster comes from.
   *
   * @param snapshots files; none where there is none
   * @param isLive whether it is read from an API server
   * @param access flags of the connection to that
   */
  record Cluster(
      List<Path> snapshots,
      boolean isLive,
      List<String> access,
      OptionalInt nodes,
      OptionalInt zones,
      OptionalInt podsPerNode) {
    Cluster {
      snapshots = List.copyOf(snapshots);
      access = List.copyOf(access);
    }
  }

  /**
   * What happens.
   *
   * @param events in the order in which they are written
   * @param length empty: as long as the story, or an hour
   */
  record Outage(
      Optional<Path> story, List<OutageOption> events, Optional<Duration> length, long seed) {
    Outage {
      events = List.copyOf(events);
    }
  }

  /**
   * Where results go.
   *
   * @param isTimelineFolded whether what happened many times is one line
   * @param report a file for HTML
   * @param json a file for JSON, or standard output, on which there is nothing else then
   */
  record Output(boolean isTimelineFolded, Optional<Path> report, Optional<Json> json) {
    boolean isJsonOnStandardOutput() {
      return json.filter(Json.StandardOutput.class::isInstance).isPresent();
    }
  }

  /** Where JSON goes. */
  sealed interface Json {
    /** Into a file. */
    record File(Path path) implements Json {}

    /** To standard output. */
    record StandardOutput() implements Json {}
  }
}
