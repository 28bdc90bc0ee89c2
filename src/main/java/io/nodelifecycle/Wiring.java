package io.nodelifecycle;

import io.nodelifecycle.config.ClusterAccess;
import io.nodelifecycle.config.OperatingMode;
import io.nodelifecycle.config.Settings;
import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.LifecycleController;
import io.nodelifecycle.core.LiveChecks;
import io.nodelifecycle.core.eviction.EvictionPolicy;
import io.nodelifecycle.core.foreign.ForeignPolicy;
import io.nodelifecycle.core.health.HealthPolicy;
import io.nodelifecycle.core.zone.DisruptionPolicy;
import io.nodelifecycle.kubernetes.ApiServerAddress;
import io.nodelifecycle.kubernetes.ConnectionException;
import io.nodelifecycle.kubernetes.KubernetesConnection;
import io.nodelifecycle.kubernetes.election.ElectionPolicy;
import io.nodelifecycle.kubernetes.election.LeaderElection;
import io.nodelifecycle.kubernetes.informer.QuietLimits;
import io.nodelifecycle.observe.DryRunLog;
import io.nodelifecycle.observe.metrics.ControllerMetrics;
import io.nodelifecycle.runtime.AnnouncementSink;
import io.nodelifecycle.runtime.ApiAccess;
import io.nodelifecycle.runtime.BudgetPolicy;
import io.nodelifecycle.runtime.ControlLoop;
import io.nodelifecycle.runtime.Leadership;
import io.nodelifecycle.runtime.ObservationSink;
import io.nodelifecycle.runtime.RequestObserver;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.runtime.dryrun.DryRun;
import io.nodelifecycle.serving.health.ControllerHealth;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Builds the object graph from settings. */
public final class Wiring {
  private final Settings settings;
  private final Map<String, String> environment;
  private final String version;
  private final TimeSource time;

  /**
   * Wiring for these settings.
   *
   * @param settings what was decided at start
   * @param environment the process's environment variables
   * @param version of this program
   * @param time the clocks
   */
  public Wiring(
      Settings settings, Map<String, String> environment, String version, TimeSource time) {
    this.settings = settings;
    this.environment = Map.copyOf(environment);
    this.version = version;
    this.time = time;
  }

  /**
   * A controller that has not begun; nothing is contacted yet.
   *
   * @param announcements tells people
   * @throws ConnectionException if the API server cannot be addressed as configured
   */
  public ControllerRun controller(AnnouncementSink announcements) throws ConnectionException {
    var policy = corePolicy(settings).with(foreignPolicy());
    var metrics = new ControllerMetrics(time);
    var health = new ControllerHealth(policy.resources(), settings.health().gracePeriod(), time);
    health.readLastStepFrom(metrics::lastStatus);
    var connection = connection(both(metrics, health));
    var election = election(connection);
    var leadership = election.<Leadership>map(each -> each).orElse(Leadership.ALONE);
    var rehearsal = rehearsal(announcements, metrics);
    var told = rehearsal.<AnnouncementSink>map(Rehearsal::log).orElse(announcements);
    var loop =
        new ControlLoop(
            new LifecycleController(policy),
            rehearsal
                .map(each -> each.dryRun().over(connection.reader()))
                .orElseGet(() ->
                    new ApiAccess(
                        connection.writer(leadership, policy.resources()), connection.reader())),
            leadership,
            new io.nodelifecycle.observe.EventCorrelator(),
            announcement -> {
              metrics.announce(announcement);
              health.announce(announcement);
              told.announce(announcement);
              if (announcement instanceof Action.Synced) {
                // Who leads can act at once: no outage of a leader is longer for its caches.
                election.ifPresent(LeaderElection::ready);
              }
            },
            budget(settings),
            time,
            metrics);
    var informers =
        connection.informers(
            rehearsal.<ObservationSink>map(each -> each.dryRun().before(loop)).orElse(loop),
            QuietLimits.of(settings.health().monitorPeriod()),
            policy.resources());
    metrics.readCacheAgesFrom(informers::lastHeard);
    health.readAnswersFrom(informers::lastAnswered);
    election.ifPresent(_ -> {
      metrics.takesPart(settings.leaderElection().resourceName());
      health.leads(false);
    });
    return new ControllerRun(connection, informers, loop, election, metrics, health);
  }

  private static RequestObserver both(RequestObserver one, RequestObserver other) {
    return (code, method, host, duration) -> {
      one.answered(code, method, host, duration);
      other.answered(code, method, host, duration);
    };
  }

  /** A dry run is meant to be beside another controller. */
  private ForeignPolicy foreignPolicy() {
    var election = settings.leaderElection();
    return new ForeignPolicy(
        !settings.isDryRun(),
        election.isOn()
            ? Optional.of(
                new ForeignPolicy.ElectionKey(
                    election.resourceNamespace(), election.resourceName()))
            : Optional.empty());
  }

  /** What a dry run has besides. */
  private record Rehearsal(DryRun dryRun, DryRunLog log) {}

  private Optional<Rehearsal> rehearsal(AnnouncementSink announcements, ControllerMetrics metrics) {
    if (!settings.isDryRun()) {
      return Optional.empty();
    }
    var log = new DryRunLog(announcements, metrics.dryRun());
    return Optional.of(new Rehearsal(new DryRun(time, log), log));
  }

  private Optional<LeaderElection> election(KubernetesConnection connection)
      throws ConnectionException {
    var election = settings.leaderElection();
    return election.isOn()
        ? Optional.of(
            connection.election(
                new ElectionPolicy(
                    election.resourceNamespace(),
                    election.resourceName(),
                    identity(),
                    election.leaseDuration(),
                    election.renewDeadline(),
                    election.retryPeriod())))
        : Optional.empty();
  }

  /** Readable, and unlike that of any process before, on this machine or another. */
  private String identity() {
    var host = environment.getOrDefault("HOSTNAME", "node-lifecycle-controller");
    return host + "_" + UUID.randomUUID();
  }

  /**
   * A connection to the API server that the settings name; nothing is contacted yet.
   *
   * @param observer told of every request
   * @throws ConnectionException if the API server cannot be addressed as configured
   */
  public KubernetesConnection connection(RequestObserver observer) throws ConnectionException {
    return KubernetesConnection.open(address(), version, time, observer);
  }

  /**
   * The same by a kubeconfig of its own, in its current context.
   *
   * @throws ConnectionException if it is unusable
   */
  KubernetesConnection connection(Path kubeconfig, RequestObserver observer)
      throws ConnectionException {
    var address = new ApiServerAddress(kubeconfig.toString(), "", "", withoutCluster(environment));
    return KubernetesConnection.open(address, version, time, observer);
  }

  /** What the environment says about clusters no longer counts. */
  private static HashMap<String, String> withoutCluster(Map<String, String> environment) {
    var rest = new HashMap<>(environment);
    rest.remove("KUBERNETES_SERVICE_HOST");
    return rest;
  }

  /** Nor does it lead to anybody's credentials. */
  private static Map<String, String> withoutCredentials(Map<String, String> environment) {
    var rest = withoutCluster(environment);
    rest.remove("KUBECONFIG");
    rest.remove("HOME");
    return rest;
  }

  /** What the deciding part has to know of settings. */
  public static CorePolicy corePolicy(Settings settings) {
    var health = settings.health();
    var zones = settings.zones();
    var mode = settings.mode();
    return new CorePolicy(
        new HealthPolicy(health.monitorPeriod(), health.gracePeriod(), health.startupGracePeriod()),
        new DisruptionPolicy(
            zones.evictionRate(),
            zones.secondaryEvictionRate(),
            zones.largeZoneThreshold(),
            zones.unhealthyThreshold()),
        new EvictionPolicy(
            mode.hasComparisonOperators(), mode.isAnchoredAtTaint(), mode.hasDisruptionCondition()),
        mode.hasNodeLifecycle(),
        mode.hasTaintEviction(),
        mode.hasConditionTaints(),
        mode.failure() == OperatingMode.Failure.TIMEOUT
            ? Optional.of(settings.eviction().podEvictionTimeout())
            : Optional.empty(),
        new LiveChecks(settings.gates().liveLeaseCheck(), settings.gates().liveTaintCheck()));
  }

  /** The budget of API requests. */
  public static BudgetPolicy budget(Settings settings) {
    return new BudgetPolicy(settings.cluster().qps(), settings.cluster().burst());
  }

  /** Where the API server is, and as whom: as the settings say, whatever else is around. */
  ApiServerAddress address() {
    return switch (settings.cluster().access()) {
      case ClusterAccess.ServiceAccount() -> new ApiServerAddress("", "", "", environment);
      case ClusterAccess.Anonymous(var master) ->
          new ApiServerAddress("", master.toString(), "", withoutCredentials(environment));
      case ClusterAccess.Kubeconfig(var files, var context, var master) -> {
        var only = withoutCluster(environment);
        only.put(
            "KUBECONFIG",
            files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        yield new ApiServerAddress(
            files.size() == 1 ? files.getFirst().toString() : "",
            master.map(Object::toString).orElse(""),
            context.orElse(""),
            only);
      }
    };
  }
}
