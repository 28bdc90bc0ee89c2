package io.nodelifecycle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ApiFields;
import io.nodelifecycle.testing.AuditLog;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.Pause;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Nodes of one zone, each with a pod, of which one dies when trouble begins. The kubelets reach the
 * API server as long as it is there, whatever the controller can.
 */
final class TroubledCluster implements AutoCloseable {
  /** That of {@link Cluster#HASTY}. */
  static final Duration GRACE = Duration.ofSeconds(6);

  private static final List<String> WELL = List.of("well-1", "well-2", "well-3", "well-4");
  private static final String DEAD = "dead";
  private static final Duration RENEWAL = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(30);

  /** An API server looks for an etcd that was long away every two minutes. */
  private static final Duration REACHED = Duration.ofMinutes(4);

  private static final String LEASES =
      "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/";

  /** So late within a grace period, kubelets hear that the API server is back. */
  private static final Duration KUBELETS_LATE = Duration.ofMillis(3_500);

  private static final String NOT_READY = "node.kubernetes.io/not-ready:NoSchedule";
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable:NoExecute";

  private final Cluster cluster;
  private final FakeKubelets kubelets;

  private TroubledCluster(ApiClient client) {
    this.cluster = new Cluster(client);
    this.kubelets = new FakeKubelets(client, RENEWAL);
  }

  /** Creates it, and returns when the controller would hold a node silent that falls silent. */
  static TroubledCluster create(ControllerProcess controller, ApiClient client) {
    var created = new TroubledCluster(client);
    WELL.forEach(created::add);
    created.add(DEAD);
    for (var node : WELL) {
      created.cluster.losesTaint(node, NOT_READY, SOON);
    }
    Pause.of(GRACE.plusSeconds(1));
    assertThat(controller.isAlive()).as(controller.tail()).isTrue();
    return created;
  }

  /** Whether nothing may happen to the node or pod of this name. */
  static boolean isWell(String name) {
    return name.contains("well");
  }

  private void add(String node) {
    kubelets.join(node, Map.of("topology.kubernetes.io/zone", "a"));
    kubelets.runPod("default", pod(node));
  }

  private static JsonNode pod(String node) {
    return ApiClient.json(
        """
        {"metadata": {"name": "on-%s"},
         "spec": {"nodeName": "%s", "containers": [{"name": "c", "image": "i"}]}}
        """
            .formatted(node, node));
  }

  /** The one node is dead from now on. */
  void die() {
    kubelets.stopHeartbeats(DEAD);
  }

  /** The others are not heard by the API server from now on either. */
  void fallSilent() {
    WELL.forEach(kubelets::stopHeartbeats);
  }

  /** Waits until kubelets could be heard again, however long an API server looks for its etcd. */
  void awaitLeases() {
    awaitReadable(LEASES + DEAD);
  }

  /** Waits until conditions can be read and written, which may be later than that. */
  void awaitNodes() {
    awaitReadable("/api/v1/nodes/" + DEAD);
  }

  private void awaitReadable(String path) {
    assertThat(Pause.until(REACHED, () -> isReadable(path))).as(path).isTrue();
  }

  private boolean isReadable(String path) {
    try {
      return cluster.client().get(path).isSuccess();
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  /** They are again, but not at once. */
  void comeBack() {
    Pause.of(KUBELETS_LATE);
    WELL.forEach(kubelets::startHeartbeats);
  }

  /** Nobody is held silent yet, the dead node included. */
  void assertAllHeld() {
    for (var node : WELL) {
      assertThat(ready(node)).as(node).isEqualTo("True");
    }
    assertThat(ready(DEAD)).isEqualTo("True");
  }

  private String ready(String node) {
    return ApiFields.condition(cluster.node(node), "Ready");
  }

  /** Waits until the dead node is Unknown. */
  void deadIsJudged(Duration timeout) {
    cluster.becomesUnknown(DEAD, timeout);
  }

  /** The dead node's pod goes, as always. */
  void deadIsEvicted() {
    awaitReadable("/api/v1/namespaces/default/pods/on-" + DEAD);
    cluster.becomesTainted(DEAD, UNREACHABLE, SOON);
    cluster.becomesDeleting("on-" + DEAD, REACHED);
  }

  /**
   * What the controller has asked the API server for since then, also while nobody watched: no
   * condition of a node that is well was written, none of its pods' either, and none was deleted.
   */
  void assertOnlyTheDeadWereJudged(AuditLog audit, Instant since) {
    var writes =
        audit.all().stream()
            .filter(request -> request.isWrite() && request.received().isAfter(since))
            .filter(request -> !request.path().contains("/events"))
            .toList();
    assertThat(writes).isNotEmpty();
    assertThat(writes).noneMatch(request -> isWell(request.path()));
    for (var node : WELL) {
      assertThat(ready(node)).as(node).isEqualTo("True");
      assertThat(ApiFields.taints(cluster.node(node))).as(node).isEmpty();
      assertThat(ApiFields.condition(cluster.pod("on-" + node), "Ready")).isEqualTo("True");
    }
  }

  @Override
  public void close() {
    kubelets.close();
  }
}
