package io.nodelifecycle.twin;

import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.http.SandboxApiServer;
import io.nodelifecycle.sandbox.http.ServerOptions;
import io.nodelifecycle.testing.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

/** The in-memory server behaves like a real one. */
final class SandboxApiTwinTest
    implements WriteBehaviour,
        PatchBehaviour,
        DeleteBehaviour,
        ListBehaviour,
        WatchBehaviour,
        DiscoveryBehaviour {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.890Z");

  private final SandboxCluster cluster = new SandboxCluster(17, 1_000, NOW);
  private final SandboxApiServer http = startServer(cluster);
  private final ApiClient client = ApiClient.plain(http.baseUri());
  private final TwinServer server = new TwinServer(client, cluster::compact, () -> {});

  private static SandboxApiServer startServer(SandboxCluster cluster) {
    try {
      return SandboxApiServer.start(
          cluster, 0, ServerOptions.STANDARD, InstantSource.fixed(NOW.plusSeconds(3)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public TwinServer server() {
    return server;
  }

  @AfterEach
  void stop() {
    client.close();
    http.close();
  }
}
