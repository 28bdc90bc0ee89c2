package io.nodelifecycle.config;

import static io.nodelifecycle.config.SettingGroup.SERVING;

import io.nodelifecycle.config.value.Parsed;
import io.nodelifecycle.config.value.ValueTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The part of the registry about who may use the secure port. */
final class AccessRegistry {
  static final Setting<Optional<Path>> CLIENT_CA_FILE =
      Setting.of(
              "client-ca-file",
              SERVING,
              ValueTypes.optionalPath("FILE"),
              "",
              "Authorities (PEM) whose client certificates are believed, besides those that the"
                  + " cluster names. Read again when it changes.")
          .withCaution("unreadable, without a certificate: refused");

  static final Setting<Optional<Path>> AUTHENTICATION_KUBECONFIG =
      Setting.of(
          "authentication-kubeconfig",
          SERVING,
          ValueTypes.optionalPath("FILE"),
          "",
          "Kubeconfig for checking tokens (tokenreviews) and looking authorities up; without it the"
              + " controller's own access is used.");

  static final Setting<Boolean> AUTHENTICATION_SKIP_LOOKUP =
      Setting.of(
          "authentication-skip-lookup",
          SERVING,
          ValueTypes.bool(),
          "false",
          "Do not look up in the cluster whose client certificates are believed.");

  static final Setting<Boolean> AUTHENTICATION_TOLERATE_LOOKUP_FAILURE =
      Setting.of(
          "authentication-tolerate-lookup-failure",
          SERVING,
          ValueTypes.bool(),
          "false",
          "Where that look-up fails, a client certificate counts for nothing; else it is refused.");

  static final Setting<Duration> AUTHENTICATION_CACHE_TTL =
      cacheTtl("authentication-token-webhook-cache-ttl", "How long a checked token is believed.");

  static final Setting<Optional<Path>> AUTHORIZATION_KUBECONFIG =
      Setting.of(
          "authorization-kubeconfig",
          SERVING,
          ValueTypes.optionalPath("FILE"),
          "",
          "Kubeconfig for asking who may do what (subjectaccessreviews); without it the"
              + " controller's own access is used.");

  static final Setting<String> AUTHORIZATION_ALWAYS_ALLOW_PATHS =
      Setting.of(
              "authorization-always-allow-paths",
              SERVING,
              ClusterTypes.httpPath(),
              "/healthz,/readyz,/livez",
              "Paths that need no permission; a star at the end of one stands for any rest.")
          .as(Setting.Form.LIST);

  static final Setting<Duration> AUTHORIZATION_AUTHORIZED_TTL =
      cacheTtl(
          "authorization-webhook-cache-authorized-ttl", "How long a permission is remembered.");

  static final Setting<Duration> AUTHORIZATION_UNAUTHORIZED_TTL =
      cacheTtl("authorization-webhook-cache-unauthorized-ttl", "How long a denial is remembered.");

  static final List<Setting<?>> ALL =
      List.of(
          CLIENT_CA_FILE,
          AUTHENTICATION_KUBECONFIG,
          AUTHENTICATION_SKIP_LOOKUP,
          AUTHENTICATION_TOLERATE_LOOKUP_FAILURE,
          AUTHENTICATION_CACHE_TTL,
          AUTHORIZATION_KUBECONFIG,
          AUTHORIZATION_ALWAYS_ALLOW_PATHS,
          AUTHORIZATION_AUTHORIZED_TTL,
          AUTHORIZATION_UNAUTHORIZED_TTL);

  private AccessRegistry() {}

  private static Setting<Duration> cacheTtl(String name, String help) {
    var type =
        ValueTypes.duration()
            .where(
                length -> !length.isNegative(),
                "negative",
                new Parsed.Bad<>("must not be negative", "give 0 for never, or such as 10s"));
    return Setting.of(name, SERVING, type, "10s", help);
  }
}
