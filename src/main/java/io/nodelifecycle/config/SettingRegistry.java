package io.nodelifecycle.config;

import static io.nodelifecycle.config.SettingGroup.CLUSTER;
import static io.nodelifecycle.config.SettingGroup.EVICTION;
import static io.nodelifecycle.config.SettingGroup.GENERAL;
import static io.nodelifecycle.config.SettingGroup.HEALTH;
import static io.nodelifecycle.config.SettingGroup.LOGGING;
import static io.nodelifecycle.config.SettingGroup.SERVING;
import static io.nodelifecycle.config.SettingGroup.ZONES;

import io.nodelifecycle.config.value.Parsed;
import io.nodelifecycle.config.value.ValueTypes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting there is, by name and in the order in which they are listed. */
final class SettingRegistry {
  private static final int UNBOUNDED = Integer.MAX_VALUE;

  static final Setting<Duration> NODE_MONITOR_PERIOD =
      Setting.of(
          "node-monitor-period",
          HEALTH,
          ValueTypes.positiveDuration(),
          "5s",
          "How often the health of all nodes is judged at least.");

  static final Setting<Duration> NODE_MONITOR_GRACE_PERIOD =
      Setting.of(
              "node-monitor-grace-period",
              HEALTH,
              ValueTypes.positiveDuration(),
              "50s",
              "How long a node may go without a heartbeat (lease or status) before it is silent.")
          .withCaution("less than 2 x node-monitor-period, or under 45s: warned");

  static final Setting<Duration> NODE_STARTUP_GRACE_PERIOD =
      Setting.of(
          "node-startup-grace-period",
          HEALTH,
          ValueTypes.positiveDuration(),
          "1m0s",
          "The same for a node that has not posted a Ready condition yet.");

  static final Setting<Double> NODE_EVICTION_RATE =
      Setting.of(
          "node-eviction-rate",
          ZONES,
          ValueTypes.rate().in("nodes per second"),
          "0.1",
          "How many nodes of a zone are tainted for eviction in a normal state; also when the whole"
              + " zone is down, unless all zones are. 0 stops it.");

  static final Setting<Double> SECONDARY_NODE_EVICTION_RATE =
      Setting.of(
          "secondary-node-eviction-rate",
          ZONES,
          ValueTypes.rate().in("nodes per second"),
          "0.01",
          "The same for a large zone that is partly disrupted; small ones stop.");

  static final Setting<Integer> LARGE_CLUSTER_SIZE_THRESHOLD =
      Setting.of(
          "large-cluster-size-threshold",
          ZONES,
          ValueTypes.wholeNumber(0, UNBOUNDED).in("nodes"),
          "50",
          "A zone with more nodes than this is large.");

  static final Setting<Double> UNHEALTHY_ZONE_THRESHOLD =
      Setting.of(
          "unhealthy-zone-threshold",
          ZONES,
          ValueTypes.decimal()
              .where(
                  share -> share >= 0 && share <= 1,
                  "outside 0..1, NaN",
                  new Parsed.Bad<>("is outside 0..1", "give a share such as 0.55"))
              .in("share, 0 to 1"),
          "0.55",
          "A zone is partly disrupted when at least this share of its nodes, and more than 2, are"
              + " not ready.");

  static final Setting<Duration> POD_EVICTION_TIMEOUT =
      Setting.of(
              "pod-eviction-timeout",
              EVICTION,
              ValueTypes.positiveDuration(),
              "5m0s",
              "How long pods stay on a failed node where it is not tainted for eviction.")
          .withCaution("set at all: warned where it has no effect");

  static final Setting<Boolean> ENABLE_TAINT_MANAGER =
      Setting.of(
              "enable-taint-manager",
              EVICTION,
              ValueTypes.bool(),
              "true",
              "Delete pods that do not tolerate a NoExecute taint of their node. false: pods of a"
                  + " failed node are evicted after pod-eviction-timeout instead.")
          .withCaution("false with node-lifecycle-controller off: refused");

  static final Setting<ControllerName.Choice> CONTROLLERS =
      Setting.of(
              "controllers",
              SettingGroup.CONTROLLERS,
              ControllerName.choices(),
              "*",
              "Which controllers run.")
          .as(Setting.Form.LIST)
          .withCaution("none left on: refused");

  static final Setting<FeatureGate.Choice> FEATURE_GATES =
      Setting.of(
              "feature-gates",
              SettingGroup.CONTROLLERS,
              FeatureGate.choices(),
              "",
              "Switches single behaviours; gates of the command line and of the config file are"
                  + " taken together.")
          .as(Setting.Form.MERGED_LIST);

  static final Setting<Boolean> DRY_RUN =
      Setting.of(
          "dry-run",
          SettingGroup.CONTROLLERS,
          ValueTypes.bool(),
          "false",
          "Decide, log and count everything, and write nothing but the lease of the election.");

  static final Setting<Optional<Path>> KUBECONFIG =
      Setting.of(
              "kubeconfig",
              CLUSTER,
              ValueTypes.optionalPath("FILE"),
              "",
              "The kubeconfig. Without it: the service account when in a cluster, else $KUBECONFIG,"
                  + " else ~/.kube/config.")
          .withCaution("unreadable, or none found: refused");

  static final Setting<Optional<URI>> MASTER =
      Setting.of(
              "master",
              CLUSTER,
              ClusterTypes.serverAddress(),
              "",
              "Address of the API server; overrides the kubeconfig's. With it no kubeconfig is"
                  + " needed, and the service account is not used.")
          .withCaution("credentials in it: refused");

  static final Setting<Optional<String>> CONTEXT =
      Setting.of(
          "context",
          CLUSTER,
          ValueTypes.optionalText("NAME").in("name of a context, none if empty"),
          "",
          "Context of the kubeconfig; its current one otherwise. With it the service account is not"
              + " used.");

  static final Setting<Double> KUBE_API_QPS =
      Setting.of(
          "kube-api-qps",
          CLUSTER,
          ValueTypes.decimal()
              .where(
                  rate -> rate > 0,
                  "<= 0, NaN or infinite",
                  new Parsed.Bad<>("must be greater than 0", "give a rate such as 20"))
              .in("requests per second"),
          "20",
          "Budget of all writes, and of the reads that guard them.");

  static final Setting<Integer> KUBE_API_BURST =
      Setting.of(
          "kube-api-burst",
          CLUSTER,
          ValueTypes.wholeNumber(1, UNBOUNDED).in("requests"),
          "30",
          "How many of them may go out at once after a pause.");

  static final Setting<String> KUBE_API_CONTENT_TYPE =
      Setting.of(
          "kube-api-content-type",
          CLUSTER,
          ClusterTypes.contentType(),
          "json",
          "Wire format of requests.");

  static final Setting<String> BIND_ADDRESS =
      Setting.of(
          "bind-address",
          SERVING,
          ClusterTypes.bindAddress(),
          "0.0.0.0",
          "Address on which the secure port listens.");

  static final Setting<Integer> SECURE_PORT =
      Setting.of(
          "secure-port",
          SERVING,
          ValueTypes.wholeNumber(0, 65_535).in("port, 0 for none"),
          "10290",
          "Port of metrics and health checks over TLS.");

  static final Setting<Optional<Path>> TLS_CERT_FILE =
      Setting.of(
              "tls-cert-file",
              SERVING,
              ValueTypes.optionalPath("FILE"),
              "",
              "Certificate (PEM) of the secure port, and those that lead from it to its authority;"
                  + " without it one is made that nobody has signed. Read again when it changes.")
          .withCaution("without tls-private-key-file, unreadable, expired: refused");

  static final Setting<Optional<Path>> TLS_PRIVATE_KEY_FILE =
      Setting.of(
              "tls-private-key-file",
              SERVING,
              ValueTypes.optionalPath("FILE"),
              "",
              "Its private key (PEM: PKCS #8, PKCS #1 or SEC 1, not encrypted).")
          .withCaution("without tls-cert-file, unreadable, of another certificate: refused");

  static final Setting<Integer> VERBOSITY =
      Setting.of(
          "v",
          LOGGING,
          ValueTypes.wholeNumber(0, 10).in("level, 0 (least) to 10 (most)"),
          "2",
          "How much is logged.");

  static final Setting<LogFormat> LOG_FORMAT =
      Setting.of(
          "log-format",
          LOGGING,
          ValueTypes.choice(LogFormat.class),
          "text",
          "How log records are written.");

  static final Setting<Optional<Path>> LOG_DIR =
      Setting.of(
          "log-dir",
          LOGGING,
          ValueTypes.optionalPath("FOLDER"),
          "",
          "Folder for log files, one a day, besides standard error.");

  static final Setting<Optional<Path>> CONFIG =
      Setting.of(
              "config",
              GENERAL,
              ValueTypes.optionalPath("FILE"),
              "",
              "A YAML file of these settings, keys without hyphens in front; a flag wins over it.")
          .withCaution("unreadable, unknown or repeated key: refused")
          .onlyAsFlag();

  static final Setting<Boolean> HELP =
      Setting.of("help", GENERAL, ValueTypes.bool(), "false", "Print this text and exit.")
          .withShortName("h")
          .onlyAsFlag();

  static final Setting<Boolean> VERSION =
      Setting.of("version", GENERAL, ValueTypes.bool(), "false", "Print the version and exit.")
          .onlyAsFlag();

  private static final List<Setting<?>> ALL =
      Stream.of(
              List.of(NODE_MONITOR_PERIOD, NODE_MONITOR_GRACE_PERIOD, NODE_STARTUP_GRACE_PERIOD),
              List.of(
                  NODE_EVICTION_RATE,
                  SECONDARY_NODE_EVICTION_RATE,
                  LARGE_CLUSTER_SIZE_THRESHOLD,
                  UNHEALTHY_ZONE_THRESHOLD),
              List.of(POD_EVICTION_TIMEOUT, ENABLE_TAINT_MANAGER),
              List.of(CONTROLLERS, FEATURE_GATES, DRY_RUN),
              List.of(
                  KUBECONFIG, MASTER, CONTEXT, KUBE_API_QPS, KUBE_API_BURST, KUBE_API_CONTENT_TYPE),
              ElectionRegistry.ALL,
              List.of(BIND_ADDRESS, SECURE_PORT, TLS_CERT_FILE, TLS_PRIVATE_KEY_FILE),
              AccessRegistry.ALL,
              List.of(VERBOSITY, LOG_FORMAT, LOG_DIR),
              List.of(CONFIG, HELP, VERSION))
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private SettingRegistry() {}

  /** All settings, groups together. */
  static List<Setting<?>> all() {
    return ALL;
  }

  /** Those of one group. */
  static List<Setting<?>> of(SettingGroup group) {
    return ALL.stream().filter(setting -> setting.group() == group).toList();
  }
}
