package io.nodelifecycle.simulate;

import io.nodelifecycle.Wiring;
import io.nodelifecycle.config.CommandLineSettings;
import io.nodelifecycle.config.FileSource;
import io.nodelifecycle.config.ParseOutcome;
import io.nodelifecycle.config.Problem;
import io.nodelifecycle.config.Settings;
import io.nodelifecycle.config.StartEnvironment;
import io.nodelifecycle.config.SubcommandNames;
import io.nodelifecycle.kubernetes.ConnectionException;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.simulate.cluster.ClusterDownload;
import io.nodelifecycle.simulate.cluster.ClusterOutcome;
import io.nodelifecycle.simulate.cluster.SnapshotFiles;
import io.nodelifecycle.simulate.plan.ControllerFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Gets the user's own cluster: from files, or from its API server, which is only read from. */
final class UserCluster implements Preparation.ClusterSource {
  private final Map<String, String> environment;
  private final String version;
  private final TimeSource time;
  private final Consumer<String> progress;

  /**
   * A source that has not been asked.
   *
   * @param environment the process's environment variables
   * @param progress told how far it is, in words
   */
  UserCluster(
      Map<String, String> environment, String version, TimeSource time, Consumer<String> progress) {
    this.environment = environment;
    this.version = version;
    this.time = time;
    this.progress = progress;
  }

  @Override
  public Optional<ClusterOutcome> get(SimulateOptions.Cluster options) throws InterruptedException {
    if (!options.snapshots().isEmpty()) {
      return Optional.of(SnapshotFiles.read(options.snapshots()));
    }
    return options.isLive() ? Optional.of(live(options.access())) : Optional.empty();
  }

  private ClusterOutcome live(List<String> access) throws InterruptedException {
    var start = new StartEnvironment(environment, FileSource.disk());
    var flags = new ArrayList<>(access);
    flags.addAll(ControllerFlags.ALONE);
    return switch (new CommandLineSettings(version, new SubcommandNames(List.of()))
        .parse(flags, start)) {
      case ParseOutcome.Run run -> download(run.settings());
      case ParseOutcome.Refused(var problems) ->
          new ClusterOutcome.Bad(problems.stream().map(Problem::text).toList());
      case ParseOutcome.Help _ -> throw new IllegalStateException("no help was asked for");
    };
  }

  private ClusterOutcome download(Settings settings) throws InterruptedException {
    var wiring = new Wiring(settings, environment, version, time);
    try (var connection = wiring.connection((_, _, _, _) -> {})) {
      return new ClusterDownload(connection.pages(), time, progress).read();
    } catch (ConnectionException unusable) {
      return new ClusterOutcome.Bad(
          List.of("--from-cluster: " + String.valueOf(unusable.getMessage())));
    }
  }
}
