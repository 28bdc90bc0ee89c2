package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single values are accepted and refused, at, below and above each bound. */
final class SettingBoundsTest {

  @ParameterizedTest(name = "{0} is accepted")
  @CsvSource({
    "--node-monitor-period=1ns",
    "--node-monitor-grace-period=1ns",
    "--node-startup-grace-period=1ns",
    "--node-eviction-rate=0",
    "--node-eviction-rate=1e300",
    "--secondary-node-eviction-rate=0",
    "--large-cluster-size-threshold=0",
    "--large-cluster-size-threshold=2147483647",
    "--unhealthy-zone-threshold=0",
    "--unhealthy-zone-threshold=1",
    "--pod-eviction-timeout=1ns",
    "--kube-api-qps=0.0001",
    "--kube-api-burst=1",
    "--kube-api-content-type=json",
    "--kube-api-content-type=application/json",
    "--bind-address=127.0.0.1",
    "--bind-address=::",
    "--bind-address=fe80::1",
    "-v=0",
    "-v=10",
    "--log-format=json",
    "--log-dir=",
    "--kubeconfig=",
    "--context=",
    "--feature-gates=",
    "--authentication-token-webhook-cache-ttl=0",
    "--leader-elect-resource-namespace=a",
    "--leader-elect-resource-name=a.b-c",
  })
  void accepts(String flag) {
    assertThat(CommandLines.problems(flag)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"healthz", "/a*b", "/a**", "*", "/a b"})
  void refusesWhatIsNoPath(String path) {
    assertThat(CommandLines.problems("--authorization-always-allow-paths=" + path))
        .singleElement()
        .asString()
        .endsWith(
            " does not begin with a slash, or has a star that is not at its end;"
                + " give paths such as /healthz or /livez/*");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "--node-monitor-period=0, must be greater than 0; give a duration such as 5s",
    "--node-monitor-period=-1ns, must be greater than 0; give a duration such as 5s",
    "--node-monitor-period=0.9ns, must be greater than 0; give a duration such as 5s",
    "--node-monitor-grace-period=0s, must be greater than 0; give a duration such as 5s",
    "--node-startup-grace-period=-1s, must be greater than 0; give a duration such as 5s",
    "--pod-eviction-timeout=0s, must be greater than 0; give a duration such as 5s",
    "--leader-elect-retry-period=0s, must be greater than 0; give a duration such as 5s",
    "--node-eviction-rate=-0.001, 'must not be negative; give 0 to stop, or a number such as 0.1'",
    "--node-eviction-rate=NaN, is not a finite number; give a number such as 0.1",
    "--node-eviction-rate=+Inf, is not a finite number; give a number such as 0.1",
    "--node-eviction-rate=, is not a number; give a number such as 0.1",
    "--secondary-node-eviction-rate=nan, is not a finite number; give a number such as 0.1",
    "--large-cluster-size-threshold=-1,"
        + " is outside 0..2147483647; give a number from 0 to 2147483647",
    "--large-cluster-size-threshold=2147483648,"
        + " is outside 0..2147483647; give a number from 0 to 2147483647",
    "--large-cluster-size-threshold=,"
        + " is not a whole number in decimal digits; give a number from 0 to 2147483647",
    "--unhealthy-zone-threshold=-0.001, is outside 0..1; give a share such as 0.55",
    "--unhealthy-zone-threshold=1.001, is outside 0..1; give a share such as 0.55",
    "--unhealthy-zone-threshold=NaN, is not a finite number; give a number such as 0.1",
    "--kube-api-qps=0, must be greater than 0; give a rate such as 20",
    "--kube-api-qps=-1, must be greater than 0; give a rate such as 20",
    "--kube-api-qps=Infinity, is not a finite number; give a number such as 0.1",
    "--kube-api-burst=0, is outside 1..2147483647; give a number from 1 to 2147483647",
    "--kube-api-content-type=application/vnd.kubernetes.protobuf,"
        + " is not possible: the client speaks JSON only; give json or leave it out",
    "--kube-api-content-type=yaml, is not a known content type; give json or leave it out",
    "--secure-port=-1, is outside 0..65535; give a number from 0 to 65535",
    "--secure-port=65536, is outside 0..65535; give a number from 0 to 65535",
    "--bind-address=localhost,"
        + " 'is not an IP address; give one such as 0.0.0.0, 127.0.0.1 or ::'",
    "--bind-address=256.0.0.1,"
        + " 'is not an IP address; give one such as 0.0.0.0, 127.0.0.1 or ::'",
    "--bind-address=, 'is not an IP address; give one such as 0.0.0.0, 127.0.0.1 or ::'",
    "-v=-1, is outside 0..10; give a number from 0 to 10",
    "-v=11, is outside 0..10; give a number from 0 to 10",
    "--log-format=jsn, 'is not known (did you mean json?); give one of text, json'",
    "--enable-taint-manager=yes, is neither true nor false; give true or false",
    "--enable-taint-manager=, is neither true nor false; give true or false",
    "--authentication-token-webhook-cache-ttl=-1s,"
        + " 'must not be negative; give 0 for never, or such as 10s'",
    "--leader-elect-resource-namespace=Kube_System, 'is not a namespace''s name;"
        + " give at most 63 lower-case letters, digits and hyphens'",
    "--leader-elect-resource-namespace=, 'is not a namespace''s name;"
        + " give at most 63 lower-case letters, digits and hyphens'",
    "--leader-elect-resource-name=a..b, 'is not an object''s name;"
        + " give at most 253 lower-case letters, digits, hyphens and dots'",
    "--master=10.0.0.1:6443," + " is not a URL; give an address such as https://10.0.0.1:6443",
    "--master=localhost:6443,"
        + " does not begin with https:// or http://; give an address such as https://10.0.0.1:6443",
    "--master=ftp://a,"
        + " does not begin with https:// or http://; give an address such as https://10.0.0.1:6443",
    "--master=https://, is not a URL; give an address such as https://10.0.0.1:6443",
    "--master=https:///x, has no host; give an address such as https://10.0.0.1:6443",
    "--master=https://a?b,"
        + " has a query or a fragment; give an address such as https://10.0.0.1:6443",
    "--controllers=nodelifecycl, 'has the unknown controller \"nodelifecycl\""
        + " (did you mean nodelifecycle?); give *, NAME or -NAME; known names:"
        + " node-lifecycle-controller, nodelifecycle, taint-eviction-controller'",
  })
  void refuses(String flag, String why) {
    assertThat(CommandLines.problems(flag)).containsExactly(flag + ": " + why);
  }

  @ParameterizedTest(name = "namespace of {0} letters: accepted is {1}")
  @CsvSource({"63, true", "64, false"})
  void limitsNamespaces(int letters, boolean isAccepted) {
    var problems =
        CommandLines.problems("--leader-elect-resource-namespace=" + "a".repeat(letters));

    assertThat(problems.isEmpty()).isEqualTo(isAccepted);
  }

  @ParameterizedTest(name = "--master={0} does not show the secret")
  @CsvSource({"https://me:secret@host", "https://secret@host:1", "secret://me:secret@host"})
  void hidesCredentials(String address) {
    assertThat(CommandLines.problems("--master=" + address))
        .singleElement()
        .asString()
        .startsWith("--master=")
        .contains("://***@host")
        .doesNotContain("secret@");
  }
}
