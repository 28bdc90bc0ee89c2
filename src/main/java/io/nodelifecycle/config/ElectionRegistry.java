package io.nodelifecycle.config;

import static io.nodelifecycle.config.SettingGroup.LEADER_ELECTION;

import io.nodelifecycle.config.value.ValueTypes;
import java.time.Duration;
import java.util.List;

/** The part of the registry about leader election. */
final class ElectionRegistry {
  static final Setting<Boolean> LEADER_ELECT =
      Setting.of(
          "leader-elect",
          LEADER_ELECTION,
          ValueTypes.bool(),
          "true",
          "Work only while holding the election lease, so that several replicas can run.");

  static final Setting<Duration> LEASE_DURATION =
      Setting.of(
              "leader-elect-lease-duration",
              LEADER_ELECTION,
              ValueTypes.positiveDuration(),
              "15s",
              "How long a standby waits for a leader that does not renew.")
          .withCaution("<= leader-elect-renew-deadline: refused");

  static final Setting<Duration> RENEW_DEADLINE =
      Setting.of(
              "leader-elect-renew-deadline",
              LEADER_ELECTION,
              ValueTypes.positiveDuration(),
              "10s",
              "How long a leader tries to renew before it stops.")
          .withCaution("<= 1.2 x leader-elect-retry-period: refused");

  static final Setting<Duration> RETRY_PERIOD =
      Setting.of(
          "leader-elect-retry-period",
          LEADER_ELECTION,
          ValueTypes.positiveDuration(),
          "2s",
          "Pause between two tries to get or renew the lease.");

  static final Setting<String> RESOURCE_NAME =
      Setting.of(
          "leader-elect-resource-name",
          LEADER_ELECTION,
          ClusterTypes.objectName(),
          "node-lifecycle-controller",
          "Name of the election lease.");

  static final Setting<String> RESOURCE_NAMESPACE =
      Setting.of(
          "leader-elect-resource-namespace",
          LEADER_ELECTION,
          ClusterTypes.namespace(),
          "kube-system",
          "Namespace of the election lease.");

  static final List<Setting<?>> ALL =
      List.of(
          LEADER_ELECT,
          LEASE_DURATION,
          RENEW_DEADLINE,
          RETRY_PERIOD,
          RESOURCE_NAME,
          RESOURCE_NAMESPACE);

  private ElectionRegistry() {}
}
