package io.nodelifecycle.sandbox.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodelifecycle.sandbox.cluster.DeleteOptions;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Machines for nodes that are there already. */
final class KubeletsAdoptionTest {
  private static final Instant START = Instant.parse("2031-05-06T07:08:09Z");
  private static final String NODE =
      """
      {"metadata": {"name": "worker", "uid": "11111111-1111-4111-8111-111111111111",
        "creationTimestamp": "2030-01-01T00:00:00Z", "resourceVersion": "77",
        "labels": {"topology.kubernetes.io/zone": "eu-1b"}},
       "spec": {"podCIDR": "10.9.0.0/24"},
       "status": {"addresses": [{"type": "InternalIP", "address": "192.168.7.7"}],
        "capacity": {"cpu": "64"}, "allocatable": {"cpu": "63"},
        "nodeInfo": {"kubeletVersion": "v1.33.1"},
        "conditions": [
         {"type": "NetworkUnavailable", "status": "False", "reason": "RouteCreated"},
         {"type": "DiskPressure", "status": "True", "reason": "DiskFull", "message": "full",
          "lastTransitionTime": "2031-05-06T00:00:00Z"},
         {"type": "Ready", "status": "%s", "reason": "Said", "message": "so",
          "lastTransitionTime": "2031-05-05T00:00:00Z"}]}}
      """;
  private static final String POD =
      """
      {"metadata": {"name": "web-1", "namespace": "shop", "uid": "u-1"},
       "spec": {"nodeName": "worker", "containers": [{"name": "c", "image": "i:1"}]%s},
       "status": {"phase": "%s", "podIP": "10.9.0.5",
        "conditions": [{"type": "ContainersReady", "status": "%s"},
                       {"type": "Ready", "status": "False"}],
        "containerStatuses": [{"name": "c", "ready": %s, "restartCount": 9,
                               "state": {"waiting": {"reason": "%s"}}}]}}
      """;
  private static final ObjectRef POD_REF = ObjectRef.pod("shop", "web-1");

  private final SandboxCluster cluster = new SandboxCluster(7, 10_000, START);
  private final Kubelets kubelets = new Kubelets(cluster, Kubelets.Rhythm.KUBERNETES);

  @Test
  void theFirstStatusKeepsWhatTheMachineDoesNotOwn() {
    restoreNode("True");
    kubelets.adopt("worker", true, START, START);
    run(START.plusSeconds(299));
    var node = node();
    assertThat(Json.text(node, "metadata", "uid")).startsWith("11111111");
    assertThat(Json.text(node, "metadata", "labels", "topology.kubernetes.io/zone"))
        .isEqualTo("eu-1b");
    assertThat(Json.text(node, "spec", "podCIDR")).isEqualTo("10.9.0.0/24");
    assertThat(node.at("/status/addresses/0/address").asString()).isEqualTo("192.168.7.7");
    assertThat(Json.text(node, "status", "capacity", "cpu")).isEqualTo("64");
    assertThat(Json.text(node, "status", "nodeInfo", "kubeletVersion")).isEqualTo("v1.33.1");
    assertThat(condition(node, "NetworkUnavailable", "reason")).isEqualTo("RouteCreated");
    assertThat(condition(node, "DiskPressure", "status")).isEqualTo("True");
    assertThat(condition(node, "DiskPressure", "reason")).isEqualTo("DiskFull");
    assertThat(condition(node, "DiskPressure", "lastTransitionTime"))
        .isEqualTo("2031-05-06T00:00:00Z");
    assertThat(condition(node, "Ready", "lastHeartbeatTime")).isEqualTo("2031-05-06T07:08:24Z");
    assertThat(condition(node, "Ready", "lastTransitionTime")).isEqualTo("2031-05-05T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({"True, true, 1", "Unknown, false, 0"})
  void aLeaseIsCreatedForAMachineThatRuns(String ready, boolean isAlive, int leases) {
    restoreNode(ready);
    kubelets.adopt("worker", isAlive, START, START);
    assertThat(cluster.count(ResourceType.LEASES)).isEqualTo(leases);
    assertThat(kubelets.isAlive("worker")).isEqualTo(isAlive);
    assertThat(kubelets.lastHeartbeat("worker").isPresent()).isEqualTo(isAlive);
  }

  @Test
  void aDeadMachineWritesNothingUntilItIsRevived() {
    restoreNode("Unknown");
    kubelets.adopt("worker", false, START, START);
    var before = cluster.revision();
    run(START.plusSeconds(600));
    assertThat(kubelets.nextDue()).isEqualTo(Instant.MAX);
    assertThat(cluster.revision()).isEqualTo(before);
    kubelets.revive("worker", START.plusSeconds(600));
    run(START.plusSeconds(600));
    assertThat(condition(node(), "Ready", "status")).isEqualTo("True");
    assertThat(condition(node(), "Ready", "lastTransitionTime")).isEqualTo("2031-05-06T07:18:09Z");
    assertThat(condition(node(), "DiskPressure", "status")).isEqualTo("False");
    assertThat(cluster.count(ResourceType.LEASES)).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "marked by somebody else, Running, True, true, '', '', true",
    "starting, Pending, False, false, ContainerCreating, '', true",
    "crashing, Running, False, false, CrashLoopBackOff, '', false",
    "without its image, Pending, False, false, ImagePullBackOff, '', false",
    "gate closed, Running, True, true, '', gate, false",
    "succeeded, Succeeded, False, false, ContainerCreating, '', false",
    "failed, Failed, True, true, '', '', false",
  })
  void aPodBecomesReadyUnlessItIsNotForReasonsOfItsOwn(
      String name,
      String phase,
      String containersReady,
      boolean isContainerReady,
      String waiting,
      String gate,
      boolean becomesReady) {
    restoreNode("True");
    var gates =
        gate.isEmpty() ? "" : ", \"readinessGates\": [{\"conditionType\": \"%s\"}]".formatted(gate);
    var pod = POD.formatted(gates, phase, containersReady, isContainerReady, waiting);
    cluster.restore(ResourceType.PODS, Json.object(pod), START);
    kubelets.adopt("worker", true, START, START);
    run(START.plusSeconds(30));
    assertThat(cluster.get(POD_REF).isReady()).as(name).isEqualTo(becomesReady);
    assertThat(cluster.get(POD_REF).tree().at("/status/podIP").asString()).isEqualTo("10.9.0.5");
  }

  @Test
  void podsOfAMachineThatIsAdoptedLaterAreLookedAfter() {
    restoreNode("True");
    var pod = POD.formatted("", "Running", "True", "true", "");
    cluster.restore(ResourceType.PODS, Json.object(pod), START);
    cluster.delete(POD_REF, DeleteOptions.GRACEFUL, START);
    run(START.plusSeconds(60));
    assertThat(cluster.find(POD_REF)).isPresent();
    kubelets.adopt("worker", true, START.plusSeconds(60), START.plusSeconds(60));
    run(START.plusSeconds(61));
    assertThat(cluster.find(POD_REF)).isEmpty();
  }

  @Test
  void aNodeThatIsNotThereIsNotAdopted() {
    assertThatThrownBy(() -> kubelets.adopt("nobody", true, START, START))
        .isInstanceOf(ApiFailure.class);
  }

  private void restoreNode(String ready) {
    cluster.restore(ResourceType.NODES, Json.object(NODE.formatted(ready)), START);
  }

  /** Does everything that is due until then. */
  private void run(Instant end) {
    var now = START;
    for (int step = 0; step < 10_000 && !kubelets.nextDue().isAfter(end); step++) {
      now = kubelets.nextDue().isAfter(now) ? kubelets.nextDue() : now;
      kubelets.advance(now, now);
    }
  }

  private JsonNode node() {
    return cluster.get(ObjectRef.node("worker")).tree();
  }

  private static String condition(JsonNode object, String type, String field) {
    for (var condition : Json.at(object, "status", "conditions")) {
      if (Json.text(condition, "type").equals(type)) {
        return Json.text(condition, field);
      }
    }
    return "(none)";
  }
}
