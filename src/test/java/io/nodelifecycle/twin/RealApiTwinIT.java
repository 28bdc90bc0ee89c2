package io.nodelifecycle.twin;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.NeedsControlPlane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** What is expected of the in-memory server is what a real one does. */
@NeedsControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealApiTwinIT
    implements WriteBehaviour,
        PatchBehaviour,
        DeleteBehaviour,
        ListBehaviour,
        WatchBehaviour,
        DiscoveryBehaviour {
  private final ControlPlane plane = ControlPlane.start();
  private final ApiClient etcd = ApiClient.plain(plane.etcdServer());
  private final TwinServer server = new TwinServer(plane.admin(), this::compact, this::restart);

  @Override
  public TwinServer server() {
    return server;
  }

  private void compact(long version) {
    var request = "{\"revision\": \"%d\", \"physical\": true}".formatted(version);
    etcd.post("/v3/kv/compaction", ApiClient.json(request)).orThrow();
  }

  private void restart() {
    plane.stopApiServer();
    plane.startApiServer();
  }

  @AfterAll
  void stop() {
    etcd.close();
    plane.close();
  }
}
