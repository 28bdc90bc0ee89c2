package io.nodelifecycle.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.http.ApiCall;
import io.nodelifecycle.sandbox.http.Fault;
import io.nodelifecycle.sandbox.http.SandboxApiServer;
import io.nodelifecycle.sandbox.http.ServerOptions;
import io.nodelifecycle.sandbox.kubelet.Kubelets;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.simulate.cluster.ClusterOutcome;
import io.nodelifecycle.simulate.engine.InitialCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cluster is read from an API server that has more pods than fit on a page. */
@Timeout(60)
final class LiveClusterIT {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final int PODS = 1_203;

  @TempDir private Path folder;

  private final SandboxCluster cluster = new SandboxCluster(1, 10_000, NOW);
  private final ConcurrentLinkedQueue<String> methods = new ConcurrentLinkedQueue<>();
  private Fault fault = Fault.NONE;
  private int faultyRequest = Integer.MAX_VALUE;

  private void populate() {
    try (var kubelets = new Kubelets(cluster, Kubelets.Rhythm.KUBERNETES)) {
      kubelets.join("a", "z1", NOW, NOW);
      kubelets.join("b", "z2", NOW, NOW);
    }
    for (var i = 0; i < PODS; i++) {
      var pod =
          Json.object(
              """
              {"metadata": {"name": "p%d", "namespace": "default"},
               "spec": {"nodeName": "%s", "containers": [{"name": "c", "image": "i"}]}}
              """
                  .formatted(i, i % 2 == 0 ? "a" : "b"));
      var _ = cluster.create(ResourceType.PODS, "default", pod, NOW);
    }
  }

  private ClusterOutcome read() throws IOException, InterruptedException {
    var options = ServerOptions.STANDARD.withFaults(this::onRequest);
    try (var server = SandboxApiServer.start(cluster, 0, options, () -> NOW)) {
      var kubeconfig = folder.resolve("kubeconfig");
      Files.writeString(
          kubeconfig,
          """
          apiVersion: v1
          kind: Config
          clusters: [{name: c, cluster: {server: '%s'}}]
          users: [{name: u, user: {}}]
          contexts: [{name: c, context: {cluster: c, user: u}}]
          current-context: c
          """
              .formatted(server.baseUri()));
      var words = List.of("--from-cluster", "--kubeconfig=" + kubeconfig);
      if (SimulateOptionParser.parse(words)
          instanceof SimulateOptionParser.Outcome.Run(var parsed)) {
        var source = new UserCluster(Map.of(), "test", new SystemTime(), _ -> {});
        return source.get(parsed.cluster()).orElseThrow();
      }
      throw new AssertionError("refused: " + words);
    }
  }

  private Fault onRequest(ApiCall call) {
    methods.add(call.method() + (call.isWatch() ? " watch" : ""));
    return methods.size() == faultyRequest ? fault : Fault.NONE;
  }

  private static InitialCluster good(ClusterOutcome outcome) {
    if (outcome instanceof ClusterOutcome.Good good) {
      return good.cluster();
    }
    throw new AssertionError(outcome.toString());
  }

  @Test
  void everythingIsReadPageByPageAndNothingIsWritten() throws IOException, InterruptedException {
    populate();
    var read = good(read());
    assertThat(read.nodes()).hasSize(2);
    assertThat(read.pods()).hasSize(PODS);
    assertThat(methods).hasSizeGreaterThan(4).containsOnly("GET");
  }

  @ParameterizedTest(name = "{0} on request {1}")
  @CsvSource({"410, 2", "429, 1", "429, 2", "500, 1", "503, 2"})
  void aListThatFailsIsReadAgain(int status, int request) throws IOException, InterruptedException {
    populate();
    fault = new Fault.Refuse(status, "Trouble", status == 429 ? 1 : 0);
    faultyRequest = request;
    var read = good(read());
    assertThat(read.pods()).hasSize(PODS);
    assertThat(methods).containsOnly("GET");
  }

  @Test
  void whatIsForbiddenIsNamed() throws IOException, InterruptedException {
    populate();
    fault = new Fault.Refuse(403, "Forbidden", 0);
    faultyRequest = 1;
    assertThat(read())
        .isInstanceOfSatisfying(
            ClusterOutcome.Bad.class,
            bad ->
                assertThat(bad.problems())
                    .anyMatch(problem -> problem.contains("verb list on resource pods")));
  }
}
