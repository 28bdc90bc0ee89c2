package io.nodelifecycle.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.nodelifecycle.testing.ControllerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Flags and files that the packaged program must refuse before it contacts anything. */
final class BadInputIT {
  private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(30);
  private static final String NO_CLUSTERS = "{\"apiVersion\": \"v1\", \"kind\": \"Config\"}";
  private static final String NO_SUCH_CONTEXT =
      """
      apiVersion: v1
      kind: Config
      clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
      users: [{name: u, user: {token: t}}]
      contexts: [{name: one, context: {cluster: c, user: u}}]
      current-context: other
      """;

  @TempDir private Path folder;

  @Test
  void everyProblemOfTheFlagsIsReportedAtOnce() {
    refuses(
        List.of(
            "--node-monitor-period=-1s",
            "--node-monitor-grace-period=soon",
            "--unhealthy-zone-threshold=1.01",
            "--node-evicton-rate=1",
            "--enable-taint-manager=perhaps",
            "--large-cluster-size-threshold=-1",
            "--secure-port=65536",
            "--feature-gates=NoSuchGate=true",
            "--controllers=no-such-controller",
            "stray"),
        "node-monitor-period",
        "node-monitor-grace-period",
        "unhealthy-zone-threshold",
        "node-evicton-rate",
        "node-eviction-rate",
        "enable-taint-manager",
        "large-cluster-size-threshold",
        "secure-port",
        "NoSuchGate",
        "TaintBasedEvictions",
        "no-such-controller",
        "taint-eviction-controller",
        "stray");
  }

  static Stream<Arguments> contradictions() {
    return Stream.of(
        argumentSet(
            "a lease that ends before its renewal",
            "--leader-elect-lease-duration=10s --leader-elect-renew-deadline=10s",
            "leader-elect-lease-duration"),
        argumentSet(
            "a deadline that leaves no room for a retry",
            "--leader-elect-renew-deadline=2400ms --leader-elect-retry-period=2s",
            "leader-elect-renew-deadline"));
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  void flagsThatContradictEachOtherAreRefused(String flags, String named) {
    refuses(Stream.of(flags.split(" ", -1)).toList(), named);
  }

  static Stream<Arguments> kubeconfigs() {
    return Stream.of(
        argumentSet("garbage", "\u0001\u0002 not: [a kubeconfig"),
        argumentSet("prose", "please let me in"),
        argumentSet("nothing", ""),
        argumentSet("no clusters", NO_CLUSTERS),
        argumentSet("a context that is not there", NO_SUCH_CONTEXT));
  }

  @ParameterizedTest
  @MethodSource("kubeconfigs")
  void aKubeconfigThatSaysNothingUsableIsRefused(String content) throws IOException {
    var file = Files.writeString(folder.resolve("config"), content);
    refuses(connecting(file), file.toString());
  }

  @Test
  void aKubeconfigThatIsNotThereIsRefused() {
    var missing = folder.resolve("missing");
    refuses(connecting(missing), missing.toString());
  }

  @Test
  void aKubeconfigThatCannotBeReadIsRefused() throws IOException {
    var unreadable = Files.createDirectory(folder.resolve("unreadable"));
    refuses(connecting(unreadable), unreadable.toString());
  }

  static Stream<Arguments> simulations() {
    return Stream.of(
        argumentSet("no nodes", "--nodes=0", "--nodes"),
        argumentSet("an unknown zone", "--nodes=4 --kill-zone=nowhere@1m", "nowhere"),
        argumentSet("a negative time", "--nodes=4 --kill-nodes=30%@-5m", "-5m"),
        argumentSet("a flag of the controller", "--nodes=4 --node-monitor-period=-1s", "period"));
  }

  @ParameterizedTest
  @MethodSource("simulations")
  void aSimulationOfNothingThatCouldBeIsRefused(String options, String named) {
    refuses(Stream.of(("simulate " + options).split(" ", -1)).toList(), named);
  }

  @Test
  void aSnapshotSaysWhichObjectIsWrong() throws IOException {
    var snapshot =
        Files.writeString(
            folder.resolve("snapshot.json"),
            """
            {"kind": "List", "apiVersion": "v1", "items": [
              {"kind": "Node", "apiVersion": "v1", "metadata": {"name": "a"}},
              {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "p", "namespace": "d"},
               "spec": {"nodeName": "b"}}]}
            """);
    refuses(List.of("simulate", "--snapshot=" + snapshot), snapshot.toString(), "items[1]");
  }

  private static List<String> connecting(Path kubeconfig) {
    return List.of("--kubeconfig=" + kubeconfig, "--leader-elect=false", "--secure-port=0");
  }

  private void refuses(List<String> arguments, String... named) {
    try (var controller = ControllerProcess.program(folder, arguments)) {
      assertThat(controller.awaitExit(EXIT_TIMEOUT)).as(controller.tail()).hasValue(2);
      assertThat(controller.standardError()).contains(named);
      Outputs.hasNoStackTrace(controller);
    }
  }
}
