package io.nodelifecycle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ApiFields;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.NeedsControlPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objects that the API server accepts and nobody expects. The controller judges them as it should
 * and goes on with its work.
 */
@NeedsControlPlane
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class OddObjectsIT {
  private static final Duration RENEWAL = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String NODES = "/api/v1/nodes";
  private static final String LEASES =
      "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
  private static final String NOT_READY = "node.kubernetes.io/not-ready:NoSchedule";
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable:NoExecute";
  private static final Map<String, String> LABELS =
      Map.of(
          "topology.kubernetes.io/zone", "z", "kubernetes.io/os", "", "example.com/x_Y", "A_b.1");
  private static final String LONG_NAME = "n" + "-1.x".repeat(63);

  @Test
  void oddObjectsAreJudgedAndTheWorkGoesOn(@TempDir Path folder) {
    try (var plane = ControlPlane.start();
        var kubelets = new FakeKubelets(plane.admin(), RENEWAL);
        var controller = ControllerProcess.program(folder, plane.kubeconfig(), Cluster.HASTY)) {
      controller.awaitSynced();
      var cluster = new Cluster(plane.admin());
      createNodes(plane.admin(), kubelets);
      createPods(plane.admin());
      cluster.becomesDeleting("negative", SOON);
      cluster.becomesUnknown("bare", SOON);
      cluster.becomesUnknown("year-one", SOON);
      cluster.becomesUnknown("year-9999", SOON);
      assertThat(ApiFields.condition(cluster.node("no-renew-time"), "Ready")).isEqualTo("Unknown");

      kubelets.stopHeartbeats("ordinary");
      cluster.becomesUnknown("ordinary", SOON);
      cluster.becomesTainted("ordinary", UNREACHABLE, SOON);
      cluster.becomesDeleting("a.pod-of--the.ordinary-node", SOON);
      assertThat(Cluster.isDeleting(cluster.pod("endless"))).isFalse();
      assertThat(ApiFields.condition(cluster.node(LONG_NAME), "Ready")).isEqualTo("True");
      assertThat(ApiFields.taints(cluster.node(LONG_NAME))).doesNotContain(NOT_READY);
      Outputs.endsWell(controller);
    }
  }

  private static void createNodes(ApiClient api, FakeKubelets kubelets) {
    api.post(NODES, ApiClient.json("{\"metadata\": {\"name\": \"bare\"}}")).orThrow();
    for (var name : new String[] {"ordinary", LONG_NAME, "healthy-1", "healthy-2", "healthy-3"}) {
      kubelets.join(name, LABELS);
    }
    api.mergePatch(
            NODES + "/healthy-1",
            ApiClient.json(
                """
                {"metadata": {"annotations": {"note": "\\u00fcber \\ud83d\\udca5 \\u4e16\\u754c"}},
                 "spec": {"taints": [{"key": "example.com/hand-set", "effect": "NoExecute",
                                      "timeAdded": "9999-12-31T23:59:59Z"}]}}
                """))
        .orThrow();
    createAtOddTime(api, "year-one", "0001-01-02T00:00:00Z");
    createAtOddTime(api, "year-9999", "9999-12-31T23:59:59Z");
    createAtOddTime(api, "no-renew-time", "1970-01-01T00:00:00Z");
    lease(api, "year-one", "{\"renewTime\": \"0001-01-02T00:00:00.000000Z\"}");
    lease(api, "year-9999", "{\"renewTime\": \"9999-12-31T23:59:59.999999Z\"}");
    lease(api, "no-renew-time", "{}");
    lease(api, "no-such-node", "{\"holderIdentity\": \"somebody\"}");
  }

  private static void createAtOddTime(ApiClient api, String name, String time) {
    api.post(NODES, ApiClient.json("{\"metadata\": {\"name\": \"" + name + "\"}}")).orThrow();
    var status =
        """
        {"status": {"conditions": [
          {"type": "Ready", "status": "True",
           "lastHeartbeatTime": "%s", "lastTransitionTime": "%s"},
          {"type": "MemoryPressure", "status": "Unknown"},
          {"type": "Odd", "status": "True", "reason": "", "message": "\\u0000\\u2028"}]}}
        """
            .formatted(time, time);
    api.strategicPatch(NODES + "/" + name + "/status", ApiClient.json(status)).orThrow();
  }

  private static void lease(ApiClient api, String name, String spec) {
    api.post(
            LEASES,
            ApiClient.json(
                "{\"metadata\": {\"name\": \"%s\"}, \"spec\": %s}".formatted(name, spec)))
        .orThrow();
  }

  /** All on healthy-1, whose hand-set taint has a key of its own, but one. */
  private static void createPods(ApiClient api) {
    pod(api, "negative", "healthy-1", tolerating(-9_223_372_036_854_775_808L));
    pod(api, "endless", "healthy-1", tolerating(9_223_372_036_854_775_807L));
    pod(api, "a.pod-of--the.ordinary-node", "ordinary", "null");
    pod(api, "on-no-node", "no-such-node", "null");
  }

  private static String tolerating(long seconds) {
    return "[{\"key\": \"example.com/hand-set\", \"operator\": \"Exists\", \"effect\":"
        + " \"NoExecute\","
        + " \"tolerationSeconds\": %d}]".formatted(seconds);
  }

  private static void pod(ApiClient api, String name, String node, String tolerations) {
    var pod =
        """
        {"metadata": {"name": "%s"},
         "spec": {"nodeName": "%s", "terminationGracePeriodSeconds": 1, "tolerations": %s,
                  "containers": [{"name": "c", "image": "i"}]}}
        """
            .formatted(name, node, tolerations);
    api.post("/api/v1/namespaces/default/pods", ApiClient.json(pod)).orThrow();
  }
}
