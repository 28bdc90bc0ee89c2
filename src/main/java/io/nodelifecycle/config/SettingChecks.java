package io.nodelifecycle.config;

import static io.nodelifecycle.config.SettingRegistry.CONTROLLERS;
import static io.nodelifecycle.config.SettingRegistry.ENABLE_TAINT_MANAGER;
import static io.nodelifecycle.config.SettingRegistry.FEATURE_GATES;
import static io.nodelifecycle.config.SettingRegistry.NODE_MONITOR_GRACE_PERIOD;
import static io.nodelifecycle.config.SettingRegistry.NODE_MONITOR_PERIOD;
import static io.nodelifecycle.config.SettingRegistry.POD_EVICTION_TIMEOUT;
import static io.nodelifecycle.config.SettingRegistry.SECURE_PORT;
import static io.nodelifecycle.config.SettingRegistry.TLS_CERT_FILE;
import static io.nodelifecycle.config.SettingRegistry.TLS_PRIVATE_KEY_FILE;

import io.nodelifecycle.config.value.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules between settings. A rule about one whose text was refused already says nothing. */
final class SettingChecks {
  private static final Duration RECONNECT_MAX = Duration.ofSeconds(45);

  private final SettingValues values;
  private final List<Problem> found = new ArrayList<>();

  private SettingChecks(SettingValues values) {
    this.values = values;
  }

  /** What the program cannot start with. */
  static List<Problem> problems(SettingValues values) {
    var checks = new SettingChecks(values);
    checks.checkElection();
    checks.checkServing();
    checks.checkControllers();
    return List.copyOf(checks.found);
  }

  /** What it starts with, but somebody should know. */
  static List<Problem> warnings(SettingValues values) {
    var checks = new SettingChecks(values);
    checks.warnAboutGracePeriod();
    checks.warnAboutUnused();
    return List.copyOf(checks.found);
  }

  private void checkElection() {
    var lease = ElectionRegistry.LEASE_DURATION;
    var deadline = ElectionRegistry.RENEW_DEADLINE;
    var retry = ElectionRegistry.RETRY_PERIOD;
    if (values.areGood(lease, deadline) && values.get(lease).compareTo(values.get(deadline)) <= 0) {
      add(lease, "must be greater than " + described(deadline), "raise the one or lower the other");
    }
    if (values.areGood(deadline, retry) && !isLongerThanRetries(deadline, retry)) {
      add(
          deadline,
          "must be greater than 1.2 x " + described(retry),
          "raise the one or lower the other");
    }
  }

  /** In fifths, so that nothing is rounded; 64 bits of nanoseconds times six do fit a Duration. */
  private boolean isLongerThanRetries(Setting<Duration> deadline, Setting<Duration> retry) {
    return values.get(deadline).multipliedBy(5).compareTo(values.get(retry).multipliedBy(6)) > 0;
  }

  private void checkServing() {
    if (values.areGood(TLS_CERT_FILE, TLS_PRIVATE_KEY_FILE)) {
      boolean hasCertificate = values.get(TLS_CERT_FILE).isPresent();
      boolean hasKey = values.get(TLS_PRIVATE_KEY_FILE).isPresent();
      if (hasCertificate && !hasKey) {
        add(TLS_CERT_FILE, "has no key", "give --tls-private-key-file=FILE too");
      }
      if (hasKey && !hasCertificate) {
        add(TLS_PRIVATE_KEY_FILE, "has no certificate", "give --tls-cert-file=FILE too");
      }
    }
  }

  private void checkControllers() {
    if (!values.areGood(CONTROLLERS, ENABLE_TAINT_MANAGER, FEATURE_GATES)) {
      return;
    }
    var choices = values.all(CONTROLLERS);
    if (Arrays.stream(ControllerName.values()).noneMatch(name -> name.isOn(choices))) {
      found.add(
          new Problem(
              CONTROLLERS.flag() + "=" + values.text(CONTROLLERS),
              "switches every controller off (" + values.source(CONTROLLERS).text() + ")",
              "leave one on: *, or "
                  + Arrays.stream(ControllerName.values())
                      .map(ControllerName::text)
                      .collect(Collectors.joining(" or "))));
    } else if (OperatingMode.from(values).isNothing()) {
      add(
          ENABLE_TAINT_MANAGER,
          "switches the only controller off that " + CONTROLLERS.flag() + " leaves on",
          "give --enable-taint-manager=true, or switch "
              + ControllerName.NODE_LIFECYCLE.text()
              + " on");
    }
  }

  private void warnAboutGracePeriod() {
    Duration grace = values.get(NODE_MONITOR_GRACE_PERIOD);
    Duration period = values.get(NODE_MONITOR_PERIOD);
    if (grace.compareTo(period.multipliedBy(2)) < 0) {
      add(
          NODE_MONITOR_GRACE_PERIOD,
          "is less than twice " + described(NODE_MONITOR_PERIOD),
          "a single late look at the nodes makes healthy ones silent: give at least "
              + GoDuration.format(period.multipliedBy(2)));
    }
    if (grace.compareTo(RECONNECT_MAX) < 0) {
      add(
          NODE_MONITOR_GRACE_PERIOD,
          "is under " + GoDuration.format(RECONNECT_MAX),
          "a kubelet or API server notices a dead connection (HTTP/2 ping, etcd keepalive) only"
              + " after up to 45 s, and healthy nodes seem silent until then: give 50s");
    }
  }

  private void warnAboutUnused() {
    var mode = OperatingMode.from(values);
    if (values.isGiven(POD_EVICTION_TIMEOUT) && mode.failure() == OperatingMode.Failure.TAINT) {
      add(
          POD_EVICTION_TIMEOUT,
          "has no effect with taint based evictions",
          "leave it out; tolerationSeconds of the pods decide");
    }
    if (!mode.hasNodeLifecycle()) {
      warnAboutGates(
          "without " + ControllerName.NODE_LIFECYCLE.text(),
          FeatureGate.TAINT_BASED_EVICTIONS,
          FeatureGate.TAINT_NODES_BY_CONDITION);
      warnAbout(
          "have no effect without " + ControllerName.NODE_LIFECYCLE.text(),
          Stream.concat(
              SettingRegistry.of(SettingGroup.ZONES).stream(), Stream.of(POD_EVICTION_TIMEOUT)));
    } else if (!values.get(ENABLE_TAINT_MANAGER)) {
      warnAboutGates("with --enable-taint-manager=false", FeatureGate.TAINT_BASED_EVICTIONS);
    }
    if (!mode.hasTaintEviction()) {
      warnAboutGates(
          "where no pod is evicted for a taint",
          FeatureGate.POD_DISRUPTION_CONDITIONS,
          FeatureGate.TAINT_TOLERATION_COMPARISON_OPERATORS,
          FeatureGate.TOLERATION_SECONDS_FROM_TAINT);
    }
    if (!values.get(ElectionRegistry.LEADER_ELECT)) {
      warnAboutGroup(SettingGroup.LEADER_ELECTION, ElectionRegistry.LEADER_ELECT, "false");
    }
    if (values.get(SECURE_PORT) == 0) {
      warnAboutGroup(SettingGroup.SERVING, SECURE_PORT, "0");
    }
  }

  private void warnAboutGates(String where, FeatureGate... gates) {
    for (var gate : gates) {
      if (!(values.source(gate) instanceof Source.Default)) {
        found.add(new Problem(values.subject(gate), "has no effect " + where, "leave it out"));
      }
    }
  }

  /** A setting switches all others of its group off. */
  private void warnAboutGroup(SettingGroup group, Setting<?> off, String value) {
    warnAbout(
        "have no effect with " + off.flag() + "=" + value,
        SettingRegistry.of(group).stream().filter(setting -> !setting.equals(off)));
  }

  private void warnAbout(String what, Stream<Setting<?>> settings) {
    String names =
        settings.filter(values::isGiven).map(Setting::flag).collect(Collectors.joining(", "));
    Optional.of(names)
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> found.add(new Problem(text, what, "leave them out")));
  }

  private String described(Setting<Duration> setting) {
    return setting.name() + " (" + values.text(setting) + ")";
  }

  private void add(Setting<?> setting, String what, String remedy) {
    found.add(new Problem(values.subject(setting), what, remedy));
  }
}
