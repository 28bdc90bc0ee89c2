package io.nodelifecycle.sandbox.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.cluster.DeleteOptions;
import io.nodelifecycle.sandbox.cluster.ListQuery;
import io.nodelifecycle.sandbox.cluster.PageRequest;
import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.story.PodKind;
import io.nodelifecycle.sandbox.story.PodKind.Owner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class KubeletsTest {
  private static final Instant START = Instant.parse("2031-05-06T07:08:09Z");
  private static final ObjectRef POD = ObjectRef.pod("default", "web-1");

  private final SandboxCluster cluster = new SandboxCluster(7, 10_000, START);
  private final Kubelets kubelets = new Kubelets(cluster, rhythm(Duration.ZERO));
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

  @Test
  void aRemovedMachineThatJoinsAgainIsAnotherNode() {
    var before = uid();
    kubelets.remove("node-a1", now);
    kubelets.join("node-a1", "b", now, now);
    assertThat(uid()).isNotEqualTo(before);
    advance(20);
    assertThat(Json.text(node(), "metadata", "labels", "topology.kubernetes.io/zone"))
        .isEqualTo("b");
    assertThat(condition(node(), "Ready", "lastHeartbeatTime")).isEqualTo(Json.time(now));
  }

  @Test
  void whatIsDueNextIsTheEarliestOfAll() {
    assertThat(kubelets.nextDue()).isEqualTo(START.plusMillis(50));
    advance(0.05);
    assertThat(kubelets.nextDue()).isEqualTo(START.plusMillis(1050));
    kubelets.join("node-a2", "a", now, now);
    assertThat(kubelets.nextDue()).isEqualTo(START.plusMillis(150));
    kubelets.kill("node-a2");
    assertThat(kubelets.nextDue()).isEqualTo(START.plusMillis(1050));
    kubelets.kill("node-a1");
    assertThat(kubelets.nextDue()).isEqualTo(Instant.MAX);
    kubelets.revive("node-a1", now);
    assertThat(kubelets.nextDue()).isEqualTo(now);
  }

  @Test
  void aChangedPodIsLookedAtAtOnceAndIsDueInItsTime() {
    createPod();
    assertThat(kubelets.nextDue()).isEqualTo(Instant.MIN);
    advance(0);
    advance(0);
    cluster.delete(POD, DeleteOptions.GRACEFUL, now);
    advance(0);
    assertThat(kubelets.nextDue()).isEqualTo(START.plusMillis(50));
    advance(0.05);
    assertThat(kubelets.nextDue()).isEqualTo(START.plusMillis(500));
    advance(0.45);
    assertThat(cluster.find(POD)).isEmpty();
  }

  @Test
  void aPodStartsAfterItsTimeHoweverOftenItChangesMeanwhile() {
    try (var slow = new Kubelets(cluster, rhythm(Duration.ofSeconds(5)))) {
      slow.join("node-b1", "b", now, now);
      var pod = PodObjects.pod(new PodKind("web", 1, Owner.NONE, List.of()), "web-1", "node-b1");
      cluster.create(ResourceType.PODS, "default", pod, now);
      slow.advance(now, now);
      label(POD);
      slow.advance(now.plusMillis(4999), now);
      assertThat(cluster.get(POD).isReady()).isFalse();
      slow.advance(now.plusMillis(5000), now);
      assertThat(cluster.get(POD).isReady()).isTrue();
    }
  }

  @Test
  void mutedHeartbeatsAreLostAndThePodsRun() {
    advance(1);
    var lease = renewal();
    kubelets.mute("node-a1", Set.of(Heartbeat.LEASE));
    advance(30);
    assertThat(renewal()).isEqualTo(lease);
    assertThat(condition(node(), "Ready", "lastHeartbeatTime")).isEqualTo(Json.time(now));
    kubelets.mute("node-a1", Set.of(Heartbeat.LEASE, Heartbeat.STATUS));
    var status = condition(node(), "Ready", "lastHeartbeatTime");
    createPod();
    advance(30);
    assertThat(cluster.get(POD).isReady()).isTrue();
    assertThat(renewal()).isEqualTo(lease);
    assertThat(condition(node(), "Ready", "lastHeartbeatTime")).isEqualTo(status);
    kubelets.unmute("node-a1", now);
    advance(0);
    assertThat(renewal()).isGreaterThan(lease);
    assertThat(condition(node(), "Ready", "lastHeartbeatTime")).isEqualTo(Json.time(now));
  }

  @Test
  void aWrongClockShowsInWhatIsWrittenAndNotInWhenItIs() {
    kubelets.setClock("node-a1", Duration.ofHours(-3));
    kubelets.report("node-a1", "DiskPressure", "True", now);
    advance(1.05);
    var wrong = now.minus(Duration.ofHours(3));
    assertThat(renewal()).startsWith(Json.time(wrong).substring(0, 19));
    assertThat(condition(node(), "DiskPressure", "lastTransitionTime")).isEqualTo(Json.time(wrong));
    assertThat(condition(node(), "Ready", "lastHeartbeatTime")).isEqualTo(Json.time(wrong));
    assertThat(kubelets.nextDue()).isEqualTo(now.plusSeconds(1));
    createPod();
    advance(1);
    assertThat(condition(cluster.get(POD).tree(), "Ready", "lastTransitionTime"))
        .isEqualTo(Json.time(wrong.plusSeconds(1)));
  }

  @Test
  void sameCallsGiveTheSameBytes() {
    assertThat(bytesOfAStory()).isEqualTo(bytesOfAStory());
  }

  private static String bytesOfAStory() {
    var cluster = new SandboxCluster(3, 10_000, START);
    var kubelets = new Kubelets(cluster, Kubelets.Rhythm.KUBERNETES);
    for (var name : List.of("n3", "n1", "n2")) {
      kubelets.join(name, "a", START, START);
      var kind = new PodKind("web", 1, Owner.NONE, List.of());
      var pod = PodObjects.pod(kind, "web-" + name, name);
      cluster.create(ResourceType.PODS, "default", pod, START);
    }
    kubelets.kill("n1");
    var now = START;
    for (int step = 0; step < 100; step++) {
      var next = kubelets.nextDue();
      now = next.isAfter(now) ? next : now;
      kubelets.advance(now, now);
    }
    assertThat(now).isAfter(START.plusSeconds(60));
    kubelets.close();
    var bytes = new StringBuilder();
    for (var type : ResourceType.values()) {
      for (var object : cluster.list(ListQuery.all(type), PageRequest.ALL).items()) {
        bytes.append(new String(object.json(), StandardCharsets.UTF_8)).append('\n');
      }
    }
    return bytes.toString();
  }

  private static Kubelets.Rhythm rhythm(Duration start) {
    return new Kubelets.Rhythm(
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        start,
        Duration.ofMillis(500),
        Duration.ofSeconds(2));
  }

  private String uid() {
    return Json.text(node(), "metadata", "uid");
  }

  private void label(ObjectRef ref) {
    cluster.modify(
        ref,
        Part.MAIN,
        tree -> {
          Json.child(Json.child(tree, "metadata"), "labels").put("seen", "yes");
          return tree;
        },
        now);
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
