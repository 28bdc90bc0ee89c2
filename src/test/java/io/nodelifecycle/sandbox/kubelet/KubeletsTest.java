package io.nodelifecycle.sandbox.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.cluster.DeleteOptions;
import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.story.PodKind;
import io.nodelifecycle.sandbox.story.PodKind.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class KubeletsTest {
  private static final Instant START = Instant.parse("2031-05-06T07:08:09Z");
  private static final ObjectRef POD = ObjectRef.pod("default", "web-1");

  private final SandboxCluster cluster = new SandboxCluster(7, 10_000, START);
  private final Kubelets kubelets =
      new Kubelets(
          cluster,
          new Kubelets.Rhythm(
              Duration.ofSeconds(1),
              Duration.ofSeconds(10),
              Duration.ofMillis(500),
              Duration.ofSeconds(2)));
  private Instant now = START;

  KubeletsTest() {
    kubelets.join("node-a1", "a", now, now);
  }

  @Test
  void aMachineJoinsWithItsZoneAndAHealthyStatus() {
    assertThat(Json.text(node(), "metadata", "labels", "topology.kubernetes.io/zone"))
        .isEqualTo("a");
    assertThat(condition(node(), "Ready", "status")).isEqualTo("True");
    for (var type : List.of("MemoryPressure", "DiskPressure", "PIDPressure")) {
      assertThat(condition(node(), type, "status")).isEqualTo("False");
    }
  }

  @Test
  void aLeaseIsRenewedEachSecondAsLongAsTheMachineRuns() {
    advance(1);
    var first = renewal();
    advance(0.9);
    var second = renewal();
    advance(1);
    var third = renewal();
    kubelets.kill("node-a1");
    advance(5);
    assertThat(second).isGreaterThanOrEqualTo(first);
    assertThat(third).isGreaterThan(second);
    assertThat(renewal()).isEqualTo(third);
    assertThat(kubelets.isAlive("node-a1")).isFalse();
  }

  @Test
  void aStatusThatSaysNothingNewIsPostedEveryTenSeconds() {
    var first = condition(node(), "Ready", "lastHeartbeatTime");
    advance(9.9);
    assertThat(condition(node(), "Ready", "lastHeartbeatTime")).isEqualTo(first);
    advance(0.1);
    assertThat(condition(node(), "Ready", "lastHeartbeatTime")).isGreaterThan(first);
    assertThat(condition(node(), "Ready", "lastTransitionTime")).isEqualTo(first);
  }

  @Test
  void aPodThatIsBoundRuns() {
    createPod();
    advance(0.1);
    var pod = cluster.get(POD).tree();
    assertThat(Json.text(pod, "status", "phase")).isEqualTo("Running");
    assertThat(condition(pod, "Ready", "status")).isEqualTo("True");
    assertThat(Json.text(pod, "status", "podIP")).isNotEmpty();
    assertThat(Json.at(pod, "status", "containerStatuses").size()).isEqualTo(1);
  }

  @Test
  void aDeletedPodEndsAfterItsTime() {
    createPod();
    advance(0.1);
    cluster.delete(POD, DeleteOptions.GRACEFUL, now);
    advance(0.1);
    advance(0.4);
    assertThat(cluster.find(POD)).isPresent();
    advance(0.1);
    assertThat(cluster.find(POD)).isEmpty();
  }

  @Test
  void nothingEndsOnADeadMachine() {
    createPod();
    advance(0.1);
    kubelets.kill("node-a1");
    cluster.delete(POD, DeleteOptions.GRACEFUL, now);
    advance(60);
    assertThat(cluster.find(POD)).isPresent();
  }

  @Test
  void aMachineThatReturnsPostsItsStatusFirstAndLooksAfterItsPodsLater() {
    createPod();
    advance(0.1);
    kubelets.kill("node-a1");
    setReady("False");
    advance(30);
    kubelets.revive("node-a1", now);
    advance(0);
    assertThat(condition(node(), "Ready", "lastHeartbeatTime")).isEqualTo(Json.time(now));
    advance(1.9);
    assertThat(condition(cluster.get(POD).tree(), "Ready", "status")).isEqualTo("False");
    advance(0.1);
    assertThat(condition(cluster.get(POD).tree(), "Ready", "status")).isEqualTo("True");
  }

  @Test
  void aReportedConditionLastsAndThoseOfOthersAreKept() {
    cluster.modify(
        ObjectRef.node("node-a1"),
        Part.STATUS,
        tree -> {
          Json.child(tree, "status")
              .withArray("/conditions")
              .addObject()
              .put("type", "Foreign")
              .put("status", "True");
          return tree;
        },
        now);
    kubelets.report("node-a1", "Ready", "False", now);
    advance(0);
    assertThat(condition(node(), "Ready", "status")).isEqualTo("False");
    advance(30);
    assertThat(condition(node(), "Ready", "status")).isEqualTo("False");
    assertThat(condition(node(), "Foreign", "status")).isEqualTo("True");
  }

  @Test
  void aRemovedMachineLeavesNothingBehind() {
    createPod();
    advance(0.1);
    kubelets.remove("node-a1", now);
    advance(20);
    assertThat(cluster.count(ResourceType.NODES)).isZero();
    assertThat(cluster.count(ResourceType.LEASES)).isZero();
    assertThat(cluster.count(ResourceType.PODS)).isZero();
  }

  @Test
  void aNodeThatSomebodyElseDeletesDoesNotStopTheOthers() {
    kubelets.join("node-a2", "a", now, now);
    cluster.delete(ObjectRef.node("node-a1"), DeleteOptions.NOW, now);
    advance(20);
    var other = cluster.get(ObjectRef.node("node-a2")).tree();
    assertThat(condition(other, "Ready", "lastHeartbeatTime")).isEqualTo(Json.time(now));
  }

  private void createPod() {
    var kind = new PodKind("web", 1, Owner.NONE, List.of());
    cluster.create(ResourceType.PODS, "default", PodObjects.pod(kind, "web-1", "node-a1"), now);
  }

  private void setReady(String status) {
    cluster.modify(
        POD,
        Part.STATUS,
        tree -> {
          for (var condition : Json.at(tree, "status", "conditions")) {
            if (condition instanceof ObjectNode object
                && Json.text(object, "type").equals("Ready")) {
              object.put("status", status);
            }
          }
          return tree;
        },
        now);
  }

  private void advance(double seconds) {
    now = now.plusMillis(Math.round(seconds * 1000));
    kubelets.advance(now, now);
  }

  private JsonNode node() {
    return cluster.get(ObjectRef.node("node-a1")).tree();
  }

  private String renewal() {
    return Json.text(cluster.get(ObjectRef.nodeLease("node-a1")).tree(), "spec", "renewTime");
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
