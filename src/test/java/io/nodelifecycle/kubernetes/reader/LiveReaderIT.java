package io.nodelifecycle.kubernetes.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.ReadLease;
import io.nodelifecycle.core.Action.ReadLeases;
import io.nodelifecycle.core.Action.ReadNode;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.kubernetes.ApiServerAddress;
import io.nodelifecycle.kubernetes.ConnectionException;
import io.nodelifecycle.kubernetes.KubernetesConnection;
import io.nodelifecycle.runtime.RequestObserver;
import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControlPlane.Authorization;
import io.nodelifecycle.testing.ControlPlane.User;
import io.nodelifecycle.testing.NeedsControlPlane;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Live reads of a real API server. */
@NeedsControlPlane
@TestInstance(Lifecycle.PER_CLASS)
final class LiveReaderIT {
  private static final String NODES = "/api/v1/nodes";
  private static final String LEASES =
      "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
  private static final User NOBODY = new User("nobody");

  private final ControlPlane plane = ControlPlane.start(Authorization.RBAC, List.of(NOBODY));
  private final KubernetesConnection connection = connect(plane.kubeconfig());

  @AfterAll
  void stop() {
    connection.close();
    plane.close();
  }

  private static KubernetesConnection connect(Path kubeconfig) {
    try {
      var address = new ApiServerAddress(kubeconfig.toString(), "", "", Map.of());
      return KubernetesConnection.open(address, "test", new SystemTime(), RequestObserver.NONE);
    } catch (ConnectionException e) {
      throw new AssertionError(e);
    }
  }

  private ReadOutcome read(Read read) {
    return connection.reader().read(read);
  }

  private String createLease(String name) {
    return plane
        .admin()
        .post(
            LEASES,
            ApiClient.json(
                """
                {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
                 "metadata": {"name": "%s", "namespace": "kube-node-lease"},
                 "spec": {"holderIdentity": "%s", "leaseDurationSeconds": 40}}
                """
                    .formatted(name, name)))
        .orThrow()
        .at("/metadata/resourceVersion")
        .asString();
  }

  @Test
  void leasesAreFoundOneByOneAndAllAtOnce() {
    var one = createLease("one");
    var two = createLease("two");
    assertThat(read(new ReadLease("one"))).isEqualTo(new ReadOutcome.Leases(Map.of("one", one)));
    assertThat(read(new ReadLeases()))
        .isEqualTo(new ReadOutcome.Leases(Map.of("one", one, "two", two)));
    assertThat(read(new ReadLease("three"))).isEqualTo(new ReadOutcome.Leases(Map.of()));
  }

  @Test
  void aNodeIsFoundWithItsTaintsOrNot() {
    var created =
        plane
            .admin()
            .post(
                NODES,
                ApiClient.json(
                    """
                    {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n"},
                     "spec": {"taints": [{"key": "k", "value": "v", "effect": "NoExecute"}]}}
                    """))
            .orThrow();
    var key = new NodeKey("n", created.at("/metadata/uid").asString());
    if (!(read(new ReadNode(key)) instanceof ReadOutcome.Node(var node)) || node == null) {
      throw new AssertionError("no node came back");
    }
    assertThat(node.key()).isEqualTo(key);
    assertThat(node.hasTaint("k", "NoExecute")).isTrue();
    assertThat(node.resourceVersion())
        .isEqualTo(created.at("/metadata/resourceVersion").asString());
    assertThat(read(new ReadNode(new NodeKey("none", "u")))).isEqualTo(new ReadOutcome.Node(null));
  }

  @Test
  void aDenialNamesTheRule() {
    try (var denied = connect(plane.kubeconfigWithToken(NOBODY.token()))) {
      assertThat(denied.reader().read(new ReadLeases()).toString())
          .contains("HTTP 403", "nobody", "verbs get, list on resource leases", "kube-node-lease");
      assertThat(denied.reader().read(new ReadLease("one")).toString())
          .contains("HTTP 403", "verbs get, list on resource leases");
      assertThat(denied.reader().read(new ReadNode(new NodeKey("n", "u"))).toString())
          .contains("HTTP 403", "verb get on resource nodes");
    }
  }
}
