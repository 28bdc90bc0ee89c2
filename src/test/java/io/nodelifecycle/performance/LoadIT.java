package io.nodelifecycle.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ClusterLoad;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.Stopwatch;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Fills a cluster with nodes without machines and with their pods, and keeps the nodes alive for a
 * while. {@code -Dload.server} is any API server that is reached without credentials, as {@code
 * kubectl proxy} makes one; {@code -Dload.nodes}, {@code -Dload.pods-per-node} and {@code
 * -Dload.minutes} say how much and for how long. Without a server it is a small load on the
 * in-memory one. What was created stays.
 */
final class LoadIT {
  private static final Optional<URI> SERVER =
      Optional.ofNullable(System.getProperty("load.server")).map(URI::create);
  private static final int NODES = Integer.getInteger("load.nodes", SERVER.isPresent() ? 300 : 20);
  private static final int PODS_PER_NODE =
      Integer.getInteger("load.pods-per-node", SERVER.isPresent() ? 60 : 5);
  private static final Duration RENEWAL = Duration.ofSeconds(SERVER.isPresent() ? 10 : 1);
  private static final Duration LENGTH =
      SERVER.isPresent()
          ? Duration.ofMinutes(Integer.getInteger("load.minutes", 10))
          : Duration.ofSeconds(3);
  private static final int NODES_PER_ZONE = 60;
  private static final String LEASES =
      "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";

  @Test
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  void aClusterIsFilledAndLives() {
    try (var own = new InMemoryCluster(0, 0, RENEWAL);
        var api = ApiClient.plain(SERVER.orElse(own.uri()));
        var load =
            new ClusterLoad(
                api, new ClusterLoad.Size(NODES, PODS_PER_NODE, NODES_PER_ZONE), RENEWAL)) {
      var watch = Stopwatch.startingAt(0);
      load.fill(_ -> true);
      say(
          "%d nodes and %d pods after %.0f s; they live for %d s",
          NODES, load.size().pods(), watch.getAsDouble(), LENGTH.toSeconds());
      var begun = watch.getAsDouble();
      while (watch.getAsDouble() - begun < LENGTH.toSeconds()) {
        Pause.of(RENEWAL);
        say("%.0f s: %d leases", watch.getAsDouble() - begun, api.items(LEASES).count());
      }
      var recent = Instant.now().minus(RENEWAL.multipliedBy(5));
      assertThat(api.items(LEASES))
          .hasSizeGreaterThanOrEqualTo(NODES)
          .filteredOn(lease -> lease.at("/metadata/name").asString().startsWith("node-"))
          .allSatisfy(lease ->
              assertThat(Instant.parse(lease.at("/spec/renewTime").asString())).isAfter(recent));
    }
  }

  private static void say(String format, Object... values) {
    System.out.println("load: " + String.format(Locale.ROOT, format, values));
  }
}
