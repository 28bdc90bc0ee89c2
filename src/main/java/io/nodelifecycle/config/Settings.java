package io.nodelifecycle.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that was decided at start, checked and complete.
 *
 * @param isDryRun nothing is written but the lease of the election
 */
public record Settings(
    Health health,
    Zones zones,
    Eviction eviction,
    OperatingMode mode,
    Gates gates,
    boolean isDryRun,
    Cluster cluster,
    LeaderElection leaderElection,
    Serving serving,
    Logging logging) {

  static Settings from(SettingReader reader, ClusterAccess access) {
    return new Settings(
        Health.from(reader),
        Zones.from(reader),
        Eviction.from(reader),
        OperatingMode.from(reader),
        Gates.from(reader),
        reader.get(SettingRegistry.DRY_RUN),
        Cluster.from(reader, access),
        LeaderElection.from(reader),
        Serving.from(reader),
        Logging.from(reader));
  }

  /**
   * When a node is silent. All durations are greater than zero.
   *
   * @param monitorPeriod between two judgements at most
   * @param gracePeriod without a heartbeat
   * @param startupGracePeriod the same before the first Ready condition
   */
  public record Health(Duration monitorPeriod, Duration gracePeriod, Duration startupGracePeriod) {

    private static Health from(SettingReader reader) {
      return new Health(
          reader.get(SettingRegistry.NODE_MONITOR_PERIOD),
          reader.get(SettingRegistry.NODE_MONITOR_GRACE_PERIOD),
          reader.get(SettingRegistry.NODE_STARTUP_GRACE_PERIOD));
    }
  }

  /**
   * How fast nodes of a zone are tainted for eviction.
   *
   * @param evictionRate nodes per second, finite, 0 or more
   * @param secondaryEvictionRate the same for large zones in partial disruption
   * @param largeZoneThreshold a zone with more nodes is large; 0 or more
   * @param unhealthyThreshold share of nodes that are not Ready, 0 to 1
   */
  public record Zones(
      double evictionRate,
      double secondaryEvictionRate,
      int largeZoneThreshold,
      double unhealthyThreshold) {

    private static Zones from(SettingReader reader) {
      return new Zones(
          reader.get(SettingRegistry.NODE_EVICTION_RATE),
          reader.get(SettingRegistry.SECONDARY_NODE_EVICTION_RATE),
          reader.get(SettingRegistry.LARGE_CLUSTER_SIZE_THRESHOLD),
          reader.get(SettingRegistry.UNHEALTHY_ZONE_THRESHOLD));
    }
  }

  /**
   * How pods leave failed nodes.
   *
   * @param podEvictionTimeout greater than zero; counts where evictions go by it
   */
  public record Eviction(Duration podEvictionTimeout) {

    private static Eviction from(SettingReader reader) {
      return new Eviction(reader.get(SettingRegistry.POD_EVICTION_TIMEOUT));
    }
  }

  /** The feature gates, each by its name. */
  public record Gates(
      boolean taintBasedEvictions,
      boolean taintNodesByCondition,
      boolean podDisruptionConditions,
      boolean taintTolerationComparisonOperators,
      boolean tolerationSecondsFromTaint,
      boolean liveLeaseCheck,
      boolean liveTaintCheck) {

    private static Gates from(SettingReader reader) {
      return new Gates(
          reader.isOn(FeatureGate.TAINT_BASED_EVICTIONS),
          reader.isOn(FeatureGate.TAINT_NODES_BY_CONDITION),
          reader.isOn(FeatureGate.POD_DISRUPTION_CONDITIONS),
          reader.isOn(FeatureGate.TAINT_TOLERATION_COMPARISON_OPERATORS),
          reader.isOn(FeatureGate.TOLERATION_SECONDS_FROM_TAINT),
          reader.isOn(FeatureGate.LIVE_LEASE_CHECK),
          reader.isOn(FeatureGate.LIVE_TAINT_CHECK));
    }
  }

  /**
   * The API server.
   *
   * @param qps requests per second, finite, greater than zero
   * @param burst requests at once, at least 1
   * @param contentType always {@code json}
   */
  public record Cluster(ClusterAccess access, double qps, int burst, String contentType) {

    private static Cluster from(SettingReader reader, ClusterAccess access) {
      return new Cluster(
          access,
          reader.get(SettingRegistry.KUBE_API_QPS),
          reader.get(SettingRegistry.KUBE_API_BURST),
          reader.get(SettingRegistry.KUBE_API_CONTENT_TYPE));
    }
  }

  /** Leader election; leaseDuration &gt; renewDeadline &gt; 1.2 x retryPeriod &gt; 0. */
  public record LeaderElection(
      boolean isOn,
      Duration leaseDuration,
      Duration renewDeadline,
      Duration retryPeriod,
      String resourceName,
      String resourceNamespace) {

    private static LeaderElection from(SettingReader reader) {
      return new LeaderElection(
          reader.get(ElectionRegistry.LEADER_ELECT),
          reader.get(ElectionRegistry.LEASE_DURATION),
          reader.get(ElectionRegistry.RENEW_DEADLINE),
          reader.get(ElectionRegistry.RETRY_PERIOD),
          reader.get(ElectionRegistry.RESOURCE_NAME),
          reader.get(ElectionRegistry.RESOURCE_NAMESPACE));
    }
  }

  /**
   * The secure port.
   *
   * @param bindAddress literal IP address
   * @param port 0 for none, at most 65535
   * @param certificate of the server; present exactly where {@code privateKey} is
   */
  public record Serving(
      String bindAddress,
      int port,
      Optional<Path> certificate,
      Optional<Path> privateKey,
      Authentication authentication,
      Authorization authorization) {

    private static Serving from(SettingReader reader) {
      return new Serving(
          reader.get(SettingRegistry.BIND_ADDRESS),
          reader.get(SettingRegistry.SECURE_PORT),
          reader.get(SettingRegistry.TLS_CERT_FILE),
          reader.get(SettingRegistry.TLS_PRIVATE_KEY_FILE),
          Authentication.from(reader),
          Authorization.from(reader));
    }
  }

  /** Who a client of the secure port is; a cache time of zero means no cache. */
  public record Authentication(
      Optional<Path> clientAuthorities,
      Optional<Path> kubeconfig,
      boolean isLookupSkipped,
      boolean isLookupFailureTolerated,
      Duration tokenCacheTime) {

    private static Authentication from(SettingReader reader) {
      return new Authentication(
          reader.get(AccessRegistry.CLIENT_CA_FILE),
          reader.get(AccessRegistry.AUTHENTICATION_KUBECONFIG),
          reader.get(AccessRegistry.AUTHENTICATION_SKIP_LOOKUP),
          reader.get(AccessRegistry.AUTHENTICATION_TOLERATE_LOOKUP_FAILURE),
          reader.get(AccessRegistry.AUTHENTICATION_CACHE_TTL));
    }
  }

  /** What a client of the secure port may do; a cache time of zero means no cache. */
  public record Authorization(
      Optional<Path> kubeconfig,
      List<String> alwaysAllowedPaths,
      Duration permissionCacheTime,
      Duration denialCacheTime) {

    /** Takes a copy of the paths. */
    public Authorization {
      alwaysAllowedPaths = List.copyOf(alwaysAllowedPaths);
    }

    private static Authorization from(SettingReader reader) {
      return new Authorization(
          reader.get(AccessRegistry.AUTHORIZATION_KUBECONFIG),
          reader.all(AccessRegistry.AUTHORIZATION_ALWAYS_ALLOW_PATHS),
          reader.get(AccessRegistry.AUTHORIZATION_AUTHORIZED_TTL),
          reader.get(AccessRegistry.AUTHORIZATION_UNAUTHORIZED_TTL));
    }
  }

  /**
   * Logs.
   *
   * @param verbosity 0 (least) to 10 (most)
   * @param folder for one file a day, besides standard error
   */
  public record Logging(int verbosity, LogFormat format, Optional<Path> folder) {

    private static Logging from(SettingReader reader) {
      return new Logging(
          reader.get(SettingRegistry.VERBOSITY),
          reader.get(SettingRegistry.LOG_FORMAT),
          reader.get(SettingRegistry.LOG_DIR));
    }
  }
}
