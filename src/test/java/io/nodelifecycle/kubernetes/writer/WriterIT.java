package io.nodelifecycle.kubernetes.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.EventSource;
import io.nodelifecycle.core.Action.EventSubject.OfNode;
import io.nodelifecycle.core.Action.EventSubject.OfPod;
import io.nodelifecycle.core.Action.MarkDisruptionTarget;
import io.nodelifecycle.core.Action.MarkNodeLost;
import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.SendEvent;
import io.nodelifecycle.core.Action.UnknownCondition;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.Outcome.Conflict;
import io.nodelifecycle.core.Observation.Outcome.Failed;
import io.nodelifecycle.core.Observation.Outcome.NotFound;
import io.nodelifecycle.core.Observation.Outcome.Succeeded;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.kubernetes.ApiServerAddress;
import io.nodelifecycle.kubernetes.ConnectionException;
import io.nodelifecycle.kubernetes.KubernetesConnection;
import io.nodelifecycle.runtime.ApiWriter;
import io.nodelifecycle.runtime.EventPost;
import io.nodelifecycle.runtime.Leadership;
import io.nodelifecycle.runtime.RequestObserver;
import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.NeedsControlPlane;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

@NeedsControlPlane
@TestInstance(Lifecycle.PER_CLASS)
final class WriterIT {
  private static final String NODES = "/api/v1/nodes";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String POSTED = "2024-03-01T10:00:00Z";
  private static final String OTHER_UID = "00000000-0000-0000-0000-000000000000";

  private final ControlPlane plane = ControlPlane.start();
  private final KubernetesConnection connection = connect(plane);
  private final ApiWriter writer =
      connection.writer(Leadership.ALONE, EnumSet.allOf(Resource.class));

  @AfterAll
  void stop() {
    connection.close();
    plane.close();
  }

  @Test
  void statusOfASilentNodeKeepsHeartbeatsAndForeignConditions() {
    var node = node("silent", "");
    postConditions(
        "silent",
        """
        {"type": "Ready", "status": "True", "lastHeartbeatTime": "%1$s",
         "lastTransitionTime": "%1$s", "reason": "KubeletReady", "message": "ok"},
        {"type": "Foreign", "status": "True", "lastHeartbeatTime": "%1$s",
         "lastTransitionTime": "%1$s", "reason": "Own", "message": "kept"}
        """
            .formatted(POSTED));
    var created = Instant.parse("2024-02-01T09:08:07Z");

    var outcome =
        writer.write(
            new PatchNodeStatus(
                node.key(),
                version(NODES + "/silent"),
                List.of(
                    new UnknownCondition("Ready", null),
                    new UnknownCondition("MemoryPressure", created)),
                0));

    var conditions = plane.admin().get(NODES + "/silent").orThrow().at("/status/conditions");
    assertThat(conditions.size()).isEqualTo(3);
    var ready = condition(conditions, "Ready");
    assertThat(ready.path("status").asString()).isEqualTo("Unknown");
    assertThat(ready.path("reason").asString()).isEqualTo("NodeStatusUnknown");
    assertThat(ready.path("message").asString()).isEqualTo("Kubelet stopped posting node status.");
    assertThat(ready.path("lastHeartbeatTime").asString()).isEqualTo(POSTED);
    assertThat(ready.path("lastTransitionTime").asString()).isGreaterThan(POSTED);
    var memory = condition(conditions, "MemoryPressure");
    assertThat(memory.path("reason").asString()).isEqualTo("NodeStatusNeverUpdated");
    assertThat(memory.path("message").asString()).isEqualTo("Kubelet never posted node status.");
    assertThat(memory.path("lastHeartbeatTime").asString()).isEqualTo("2024-02-01T09:08:07Z");
    assertThat(condition(conditions, "Foreign").path("message").asString()).isEqualTo("kept");
    assertThat(node(outcome).ready()).isEqualTo(ConditionStatus.UNKNOWN);
  }

  @Test
  void statusOfAnotherVersionOrAnotherNodeConflicts() {
    var node = node("raced", "");
    var stale = version(NODES + "/raced");
    postConditions("raced", "{\"type\": \"Ready\", \"status\": \"True\"}");
    var conditions = List.of(new UnknownCondition("Ready", null));
    var fresh = version(NODES + "/raced");

    assertThat(writer.write(new PatchNodeStatus(node.key(), stale, conditions, 0)))
        .isInstanceOf(Conflict.class);
    assertThat(
            writer.write(
                new PatchNodeStatus(new NodeKey("raced", OTHER_UID), fresh, conditions, 0)))
        .isInstanceOf(Conflict.class);
    assertThat(
            writer.write(
                new PatchNodeStatus(new NodeKey("absent", OTHER_UID), fresh, conditions, 0)))
        .isInstanceOf(NotFound.class);
    assertThat(version(NODES + "/raced")).isEqualTo(fresh);
  }

  @Test
  void taintsAreReplacedAsAWholeAndOnlyNewOnesAreStamped() {
    var added = Instant.parse("2024-05-06T07:08:09Z");
    node(
        "tainted",
        """
        {"key": "foreign", "value": "kept", "effect": "NoExecute", "timeAdded": "%s"},
        {"key": "goes", "effect": "NoSchedule"}
        """
            .formatted(added));
    var before = read("tainted");
    var foreign = before.taints().getFirst();
    assertThat(foreign.timeAdded()).isEqualTo(added);
    var fresh = Taint.unstamped("node.kubernetes.io/unreachable", Taint.NO_EXECUTE);

    var outcome =
        writer.write(
            new PatchNodeTaints(
                before.key(),
                before.resourceVersion(),
                List.of(foreign, fresh),
                List.of(fresh),
                List.of(before.taints().getLast()),
                0));

    var after = node(outcome);
    assertThat(after).isEqualTo(read("tainted"));
    assertThat(after.taints()).hasSize(2);
    assertThat(after.taints().getFirst()).isEqualTo(foreign);
    assertThat(after.taints().getLast().isSameAs(fresh)).isTrue();
    assertThat(after.taints().getLast().timeAdded()).isAfter(added);
  }

  @Test
  void anEmptyListTakesAllTaintsAway() {
    node("cleared", "{\"key\": \"goes\", \"effect\": \"NoSchedule\"}");
    var before = read("cleared");

    var outcome =
        writer.write(
            new PatchNodeTaints(
                before.key(), before.resourceVersion(), List.of(), List.of(), before.taints(), 0));

    assertThat(node(outcome).taints()).isEmpty();
    assertThat(plane.admin().get(NODES + "/cleared").orThrow().at("/spec/taints").size()).isZero();
  }

  @Test
  void taintsOfAnotherVersionOrAnotherNodeConflict() {
    node("contested", "");
    var stale = read("contested");
    plane
        .admin()
        .mergePatch(NODES + "/contested", ApiClient.json("{\"spec\": {\"unschedulable\": true}}"))
        .orThrow();
    var fresh = read("contested");
    var taint = Taint.unstamped("node.kubernetes.io/not-ready", Taint.NO_EXECUTE);
    var taints = List.of(taint);

    assertThat(
            writer.write(
                new PatchNodeTaints(
                    stale.key(), stale.resourceVersion(), taints, taints, List.of(), 0)))
        .isInstanceOf(Conflict.class);
    assertThat(
            writer.write(
                new PatchNodeTaints(
                    new NodeKey("contested", OTHER_UID),
                    fresh.resourceVersion(),
                    taints,
                    taints,
                    List.of(),
                    0)))
        .isInstanceOf(Conflict.class);
    assertThat(read("contested")).isEqualTo(fresh);
  }

  @Test
  void labelsAreAddedToTheRightNodeOnly() {
    var node = node("labelled", "");
    var labels = Map.of("beta.kubernetes.io/os", "linux");

    assertThat(node(writer.write(new PatchNodeLabels(node.key(), labels, 0))).labels())
        .isEqualTo(labels);
    assertThat(writer.write(new PatchNodeLabels(new NodeKey("labelled", OTHER_UID), labels, 0)))
        .isInstanceOf(Conflict.class);
  }

  @Test
  void podBecomesNotReadyAndTheRestOfTheConditionIsKept() {
    var key = pod("ready", "{\"type\": \"Ready\", \"status\": \"True\", \"reason\": \"Own\"}");
    var stale = version(PODS + "/ready");
    plane
        .admin()
        .mergePatch(PODS + "/ready", ApiClient.json("{\"metadata\": {\"labels\": {\"a\": \"b\"}}}"))
        .orThrow();

    assertThat(writer.write(new MarkPodNotReady(key, stale, 0))).isInstanceOf(Conflict.class);
    var other = new PodKey("default", "ready", OTHER_UID);
    var fresh = version(PODS + "/ready");
    assertThat(writer.write(new MarkPodNotReady(other, fresh, 0))).isInstanceOf(Conflict.class);
    var outcome = writer.write(new MarkPodNotReady(key, fresh, 0));

    var conditions = plane.admin().get(PODS + "/ready").orThrow().at("/status/conditions");
    assertThat(conditions.size()).isEqualTo(1);
    assertThat(condition(conditions, "Ready").path("status").asString()).isEqualTo("False");
    assertThat(condition(conditions, "Ready").path("reason").asString()).isEqualTo("Own");
    assertThat(pod(outcome).ready()).isEqualTo(ConditionStatus.FALSE);
    assertThat(pod(outcome).key()).isEqualTo(key);
  }

  @Test
  void podOfALostNodeSaysSo() {
    var key = pod("lost", "{\"type\": \"Ready\", \"status\": \"True\"}");
    var version = version(PODS + "/lost");
    var other = new PodKey("default", "lost", OTHER_UID);

    assertThat(writer.write(new MarkNodeLost(other, version, "n", 0))).isInstanceOf(Conflict.class);
    assertThat(pod(writer.write(new MarkNodeLost(key, version, "n", 0))).isNodeLost()).isTrue();
    assertThat(writer.write(new MarkNodeLost(key, version, "n", 0))).isInstanceOf(Conflict.class);
    var status = plane.admin().get(PODS + "/lost").orThrow().path("status");
    assertThat(status.path("reason").asString()).isEqualTo("NodeLost");
    assertThat(status.path("message").asString())
        .isEqualTo("Node n which was running pod lost is unresponsive");
    assertThat(condition(status.path("conditions"), "Ready").path("status").asString())
        .isEqualTo("True");
  }

  @Test
  void podIsMarkedAsTargetAndThenDeletedWithItsOwnGracePeriod() {
    var key = pod("target", "{\"type\": \"Ready\", \"status\": \"True\"}");

    var marked =
        pod(writer.write(new MarkDisruptionTarget(key, version(PODS + "/target"), "n1", 0)));
    var other = new PodKey("default", "target", OTHER_UID);
    var refused = writer.write(new DeletePod(other, "some-node", true, 0));
    var deleted = writer.write(new DeletePod(key, "some-node", true, 0));

    assertThat(marked.isTerminating()).isFalse();
    assertThat(refused).isInstanceOf(Conflict.class);
    assertThat(pod(deleted).isTerminating()).isTrue();
    var object = plane.admin().get(PODS + "/target").orThrow();
    assertThat(object.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(17);
    var condition = condition(object.at("/status/conditions"), "DisruptionTarget");
    assertThat(condition.path("status").asString()).isEqualTo("True");
    assertThat(condition.path("reason").asString()).isEqualTo("DeletionByTaintManager");
    assertThat(condition.path("message").asString())
        .isEqualTo("Taint manager: deleting due to NoExecute taint");
    plane.admin().delete(PODS + "/target?gracePeriodSeconds=0");
    assertThat(writer.write(new DeletePod(key, "some-node", true, 0))).isInstanceOf(NotFound.class);
  }

  @Test
  void eventsAreCreatedRepeatedAndCreatedAgainWhereTheyWereRemoved() {
    var node = new NodeKey("node-of-event", "uid-of-event");
    var event =
        new SendEvent(
            new OfNode(node),
            false,
            "RegisteredNode",
            "Node node-of-event event: Registered Node node-of-event in Controller",
            EventSource.NODE_CONTROLLER);
    var first = Instant.parse("2024-05-06T07:08:09Z");
    var path = "/api/v1/namespaces/default/events/node-of-event.1a2b";

    var posted = writer.post(new EventPost(event, "node-of-event.1a2b", 1, first, first, false));
    var repeat = new EventPost(event, "node-of-event.1a2b", 2, first, first.plusSeconds(5), true);
    var repeated = writer.post(repeat);

    assertThat(posted).isInstanceOf(Succeeded.class);
    assertThat(repeated).isInstanceOf(Succeeded.class);
    var object = plane.admin().get(path).orThrow();
    assertThat(object.path("count").asInt()).isEqualTo(2);
    assertThat(object.path("firstTimestamp").asString()).isEqualTo("2024-05-06T07:08:09Z");
    assertThat(object.path("lastTimestamp").asString()).isEqualTo("2024-05-06T07:08:14Z");
    assertThat(object.at("/source/component").asString()).isEqualTo("node-controller");
    assertThat(object.at("/involvedObject/uid").asString()).isEqualTo("uid-of-event");
    assertThat(object.path("type").asString()).isEqualTo("Normal");
    plane.admin().delete(path).orThrow();
    assertThat(writer.post(repeat)).isInstanceOf(Succeeded.class);
    assertThat(plane.admin().get(path).orThrow().path("count").asInt()).isEqualTo(2);
  }

  @Test
  void eventOnAPodLivesInItsNamespaceOrFails() {
    var event =
        new SendEvent(
            new OfPod(new PodKey("no-such-namespace", "pod", "uid")),
            true,
            "NodeNotReady",
            "Node is not ready",
            EventSource.NODE_CONTROLLER);
    var now = Instant.parse("2024-05-06T07:08:09Z");

    var outcome = writer.post(new EventPost(event, "pod.1", 1, now, now, false));

    assertThat(outcome).isInstanceOf(NotFound.class);
  }

  @Test
  void invalidWriteFailsWithTheReason() {
    node("invalid", "");
    var node = read("invalid");
    var bad = List.of(Taint.unstamped("not a key", Taint.NO_EXECUTE));

    var outcome =
        writer.write(
            new PatchNodeTaints(node.key(), node.resourceVersion(), bad, bad, List.of(), 0));

    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).reason()).startsWith("HTTP 422: ").contains("not a key");
  }

  private static KubernetesConnection connect(ControlPlane plane) {
    try {
      var address = new ApiServerAddress(plane.kubeconfig().toString(), "", "", Map.of());
      return KubernetesConnection.open(address, "test", new SystemTime(), RequestObserver.NONE);
    } catch (ConnectionException e) {
      throw new IllegalStateException(e);
    }
  }

  private NodeSnapshot node(String name, String taints) {
    plane
        .admin()
        .post(
            NODES,
            ApiClient.json(
                """
                {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "%s"},
                 "spec": {"taints": [%s]}}
                """
                    .formatted(name, taints)))
        .orThrow();
    return read(name);
  }

  /** What the writer returns for a patch that changes nothing is the node as it is. */
  private NodeSnapshot read(String name) {
    var object = plane.admin().get(NODES + "/" + name).orThrow();
    var key = new NodeKey(name, object.at("/metadata/uid").asString());
    return node(writer.write(new PatchNodeLabels(key, Map.of(), 0)));
  }

  private void postConditions(String node, String conditions) {
    plane
        .admin()
        .mergePatch(
            NODES + "/" + node + "/status",
            ApiClient.json("{\"status\": {\"conditions\": [" + conditions + "]}}"))
        .orThrow();
  }

  private PodKey pod(String name, String condition) {
    var created =
        plane
            .admin()
            .post(
                PODS,
                ApiClient.json(
                    """
                    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"},
                     "spec": {"nodeName": "some-node", "terminationGracePeriodSeconds": 17,
                      "containers": [{"name": "c", "image": "i"}]}}
                    """
                        .formatted(name)))
            .orThrow();
    plane
        .admin()
        .mergePatch(
            PODS + "/" + name + "/status",
            ApiClient.json("{\"status\": {\"conditions\": [" + condition + "]}}"))
        .orThrow();
    return new PodKey("default", name, created.at("/metadata/uid").asString());
  }

  private String version(String path) {
    return plane.admin().get(path).orThrow().at("/metadata/resourceVersion").asString();
  }

  private static JsonNode condition(JsonNode conditions, String type) {
    for (var condition : conditions) {
      if (condition.path("type").asString().equals(type)) {
        return condition;
      }
    }
    throw new AssertionError("no condition " + type + " in " + conditions);
  }

  private static NodeSnapshot node(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Succeeded.class);
    var node = ((Succeeded) outcome).node();
    if (node == null) {
      throw new AssertionError("no node came back");
    }
    return node;
  }

  private static PodSnapshot pod(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Succeeded.class);
    var pod = ((Succeeded) outcome).pod();
    if (pod == null) {
      throw new AssertionError("no pod came back");
    }
    return pod;
  }
}
