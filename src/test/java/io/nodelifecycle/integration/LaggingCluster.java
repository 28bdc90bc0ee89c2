package io.nodelifecycle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ApiFields;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Nodes of one zone that are all well. Those called steady post their status all the time, so that
 * the zone is never all silent, which would protect the others; those called leaning only renew
 * their leases. Each node has a pod, {@code on-} and its name.
 */
final class LaggingCluster implements AutoCloseable {
  static final String STEADY = "steady-1";
  static final List<String> LEANING = List.of("leaning-1", "leaning-2");

  /** A pod bound to a leaning node after its taint was taken off. */
  static final String NEWCOMER = "newcomer";

  /** A pod of the other leaning node that tolerates the taint for a while. */
  static final String COUNTING = "counting";

  private static final Duration TOLERATED = Duration.ofSeconds(8);

  /** For longer than this a controller trusts no live read. */
  private static final Duration LIVE = Duration.ofMillis(1500);

  private static final List<String> STEADIES = List.of(STEADY, "steady-2", "steady-3");
  private static final Duration RENEWAL = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PODS = "/api/v1/namespaces/default/pods/";
  private static final String NOT_READY = "node.kubernetes.io/not-ready:NoSchedule";
  private static final String TAINT = "example.com/drain";

  private final ApiClient client;
  private final Cluster cluster;
  private final FakeKubelets kubelets;

  private LaggingCluster(ApiClient client) {
    this.client = client;
    this.cluster = new Cluster(client);
    this.kubelets = new FakeKubelets(client, RENEWAL);
  }

  /** Creates everything and waits until the controller has dealt with all nodes. */
  static LaggingCluster create(ApiClient client) {
    var created = new LaggingCluster(client);
    for (var node : STEADIES) {
      created.add(node, true);
    }
    for (var node : LEANING) {
      created.add(node, false);
    }
    for (var node : nodes()) {
      created.cluster.losesTaint(node, NOT_READY, SOON);
    }
    return created;
  }

  private static List<String> nodes() {
    return Stream.concat(STEADIES.stream(), LEANING.stream()).toList();
  }

  private void add(String node, boolean hasStatusHeartbeats) {
    kubelets.register(node, Map.of("topology.kubernetes.io/zone", "a"));
    kubelets.postConditions(node, FakeKubelets.HEALTHY);
    kubelets.setHeartbeats(node, true, hasStatusHeartbeats);
    runPod("on-" + node, node, "");
  }

  /**
   * Sets a taint by hand on the leaning nodes, and returns when the controller has seen it. The pod
   * {@link #COUNTING} is there then, whose time ends some seconds later.
   */
  void taint() {
    var toleration =
        """
        {"key": "%s", "effect": "NoExecute", "operator": "Exists", "tolerationSeconds": %d}
        """
            .formatted(TAINT, TOLERATED.toSeconds());
    runPod(COUNTING, LEANING.getLast(), toleration);
    for (var node : LEANING) {
      patch(node, "[{\"key\": \"%s\", \"effect\": \"NoExecute\"}]".formatted(TAINT));
    }
    for (var node : LEANING) {
      cluster.becomesDeleting("on-" + node, SOON);
      client.delete(PODS + "on-" + node + "?gracePeriodSeconds=0").orThrow();
    }
    Pause.of(LIVE);
  }

  /** Takes the taint from the leaning nodes; then the pod {@link #NEWCOMER} is bound to one. */
  void untaint() {
    for (var node : LEANING) {
      patch(node, "null");
    }
    runPod(NEWCOMER, LEANING.getFirst(), "");
  }

  private void patch(String node, String taints) {
    var patch = ApiClient.json("{\"spec\": {\"taints\": " + taints + "}}");
    client.mergePatch("/api/v1/nodes/" + node, patch).orThrow();
  }

  private void runPod(String name, String node, String toleration) {
    var pod =
        """
        {"metadata": {"name": "%s"},
         "spec": {"nodeName": "%s", "tolerations": [%s],
                  "containers": [{"name": "c", "image": "i"}]}}
        """
            .formatted(name, node, toleration);
    kubelets.runPod("default", ApiClient.json(pod));
  }

  /** A leaning node really dies: it becomes unknown, and its pod goes. */
  void bury(String node) {
    kubelets.stopHeartbeats(node);
    cluster.becomesUnknown(node, SOON);
    cluster.becomesTainted(node, "node.kubernetes.io/unreachable:NoExecute", SOON);
    cluster.becomesDeleting("on-" + node, SOON);
  }

  /** The controller takes the leaning nodes for dead and deletes their pods; they are not. */
  void leaningNodesAreGivenUp(Duration timeout) {
    for (var node : LEANING) {
      cluster.becomesUnknown(node, timeout);
      cluster.becomesDeleting("on-" + node, timeout);
      assertThat(isRenewed(node)).as("lease of " + node + " is renewed").isTrue();
    }
    assertThat(ApiFields.condition(cluster.node(STEADY), "Ready")).isEqualTo("True");
  }

  private boolean isRenewed(String node) {
    var path = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/" + node;
    var before = client.get(path).orThrow().at("/spec/renewTime").asString();
    return Pause.until(
        RENEWAL.multipliedBy(3),
        () -> !client.get(path).orThrow().at("/spec/renewTime").asString().equals(before));
  }

  /** The controller deletes this pod, although its node has no taint. */
  void isDeletedWithoutReason(String pod, Duration timeout) {
    cluster.becomesDeleting(pod, timeout);
    var node = cluster.pod(pod).at("/spec/nodeName").asString();
    assertThat(ApiFields.taints(cluster.node(node))).isEmpty();
  }

  @Override
  public void close() {
    kubelets.close();
  }
}
