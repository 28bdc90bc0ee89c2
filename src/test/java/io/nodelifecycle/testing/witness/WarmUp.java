package io.nodelifecycle.testing.witness;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.Pause;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Lets a controller see a node come and go before a run begins. The recorded reactions are those of
 * a process that has written before; a virtual machine's first write takes it much longer.
 */
public final class WarmUp {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String NAME = "warm-up";
  private static final String NODE = "/api/v1/nodes/" + NAME;
  private static final String EVENTS = "/api/v1/namespaces/default/events";

  private WarmUp() {}

  /** Returns when the node has come and gone, and leaves no trace of it. */
  public static void run(ApiClient client, FakeKubelets kubelets, ControllerProcess controller) {
    kubelets.join(NAME, Map.of("kubernetes.io/os", "linux"));
    await(controller, "changes a node", () -> isSettled(client));
    kubelets.stopHeartbeats(NAME);
    client.delete(NODE).orThrow();
    client
        .delete("/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/" + NAME)
        .orThrow();
    await(controller, "tells of its removal", () -> isTold(client, "RemovingNode"));
    client.delete(EVENTS).orThrow();
  }

  private static boolean isSettled(ApiClient client) {
    var node = client.get(NODE).orThrow();
    return node.at("/spec/taints").isEmpty()
        && node.path("metadata").path("labels").has("beta.kubernetes.io/os")
        && isTold(client, "RegisteredNode");
  }

  private static boolean isTold(ApiClient client, String reason) {
    return client.items(EVENTS).anyMatch(event -> event.path("reason").asString().equals(reason));
  }

  private static void await(ControllerProcess controller, String what, BooleanSupplier condition) {
    if (!Pause.until(TIMEOUT, condition)) {
      throw new IllegalStateException("the controller never " + what + "\n" + controller.tail());
    }
  }
}
