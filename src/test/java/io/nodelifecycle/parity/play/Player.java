package io.nodelifecycle.parity.play;

import io.nodelifecycle.parity.scenario.Action;
import io.nodelifecycle.parity.scenario.Action.Taint;
import io.nodelifecycle.parity.scenario.PlannedNode;
import io.nodelifecycle.parity.scenario.PlannedPod;
import io.nodelifecycle.parity.scenario.Scenario.PlannedObject;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ApiResponse;
import io.nodelifecycle.testing.FakeKubelets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Does what happens in a scenario, with fake kubelets, as a user, and to the controller. */
final class Player {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String NODES = "/api/v1/nodes/";
  private static final String LEASES =
      "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/";
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int TRIES = 20;

  private final ApiClient client;
  private final FakeKubelets kubelets;
  private final ControllerSlot controller;

  Player(ApiClient client, FakeKubelets kubelets, ControllerSlot controller) {
    this.client = client;
    this.kubelets = kubelets;
    this.controller = controller;
  }

  /** Does it. */
  void perform(Action action) {
    switch (action) {
      case Action.StopHeartbeats(var nodes) -> nodes.forEach(kubelets::stopAfterHeartbeat);
      case Action.ResumeHeartbeats(var nodes) -> nodes.forEach(this::resume);
      case Action.SetHeartbeats(var nodes, var lease, var status) ->
          nodes.forEach(node -> kubelets.setHeartbeats(node, lease, status));
      case Action.SetClock(var nodes, var ahead) ->
          nodes.forEach(node -> kubelets.setClock(node, ahead));
      case Action.PostConditions(var nodes, var conditions) ->
          nodes.forEach(node -> kubelets.postConditions(node, conditions));
      case Action.AddNodes(var nodes) -> nodes.forEach(this::add);
      case Action.DeleteNodes(var nodes) -> nodes.forEach(this::deleteNode);
      case Action.AddPods(var pods) -> pods.forEach(this::add);
      case Action.DeletePods(var pods, var isForced) ->
          pods.forEach(pod -> deletePod(pod, isForced));
      case Action.RecreatePod(var pod) -> recreate(pod);
      case Action.ChangeTaints(var nodes, var add, var remove) ->
          nodes.forEach(node -> changeTaints(node, add, remove));
      case Action.SetLabels(var nodes, var labels) ->
          nodes.forEach(node -> setLabels(node, labels));
      case Action.Cordon(var nodes, var isOn) -> nodes.forEach(node -> cordon(node, isOn));
      case Action.Tolerate(var pod, var tolerations) -> tolerate(pod, tolerations);
      case Action.PodReady(var pods, var isReady) -> pods.forEach(pod -> setReady(pod, isReady));
      case Action.Patch(var path, var body) -> client.mergePatch(path, body).orThrow();
      case Action.Create(var object) -> create(object);
      case Action.Delete(var path) -> client.delete(path).orThrow();
      case Action.StopController(var isGraceful) -> controller.stop(isGraceful);
      case Action.StartController(var flags) -> controller.start(flags);
    }
  }

  /** Creates an object. */
  void create(PlannedObject object) {
    client.post(object.path(), object.body()).orThrow();
  }

  /** A node appears. */
  void add(PlannedNode node) {
    var body = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Node");
    var labels = body.putObject("metadata").put("name", node.name()).putObject("labels");
    node.labels().forEach(labels::put);
    labels.put("kubernetes.io/hostname", node.name());
    var spec = body.putObject("spec");
    if (node.isUnschedulable()) {
      spec.put("unschedulable", true);
    }
    var taints = spec.putArray("taints");
    node.taints().forEach(taint -> taints.addPOJO(taint.json()));
    kubelets.register(JSON.readTree(body.toString()));
    if (node.hasStatus()) {
      kubelets.postConditions(node.name(), FakeKubelets.HEALTHY);
    }
    if (node.hasLease()) {
      kubelets.setHeartbeats(node.name(), true, false);
    }
  }

  private void resume(String node) {
    kubelets.resumeHeartbeats(node);
    kubelets.setHeartbeats(node, true, false);
  }

  private void deleteNode(String node) {
    kubelets.stopHeartbeats(node);
    client.delete(NODES + node).orThrow();
    orGone(client.delete(LEASES + node));
  }

  /** A pod appears, bound to its node. */
  void add(PlannedPod pod) {
    if (pod.isReady()) {
      kubelets.runPod(pod.namespace(), pod.body());
    } else {
      client.post("/api/v1/namespaces/" + pod.namespace() + "/pods", pod.body()).orThrow();
    }
  }

  private void deletePod(String pod, boolean isForced) {
    orGone(client.delete(podPath(pod) + (isForced ? "?gracePeriodSeconds=0" : "")));
  }

  private void recreate(PlannedPod pod) {
    deletePod(pod.key(), true);
    add(pod);
  }

  /** What is gone already need not be deleted. */
  private static void orGone(ApiResponse response) {
    if (response.status() != NOT_FOUND) {
      response.orThrow();
    }
  }

  private void changeTaints(String node, List<Taint> add, List<Taint> remove) {
    var replaced =
        Stream.concat(add.stream(), remove.stream())
            .map(taint -> taint.key() + ":" + taint.effect())
            .collect(Collectors.toSet());
    change(
        NODES + node,
        object -> {
          var body = JSON.createObjectNode();
          var taints = kept(object.at("/spec/taints"), replaced);
          add.forEach(taint -> taints.addPOJO(taint.json()));
          body.putObject("spec").set("taints", taints);
          return body;
        });
  }

  private static ArrayNode kept(JsonNode taints, Set<String> replaced) {
    var kept = JSON.createArrayNode();
    for (var taint : taints) {
      if (!replaced.contains(
          taint.path("key").asString() + ":" + taint.path("effect").asString())) {
        kept.add(taint);
      }
    }
    return kept;
  }

  private void tolerate(String pod, JsonNode tolerations) {
    change(
        podPath(pod),
        object -> {
          var body = JSON.createObjectNode();
          body.putObject("spec")
              .set("tolerations", tolerated(object.at("/spec/tolerations"), tolerations));
          return body;
        });
  }

  /** A pod's tolerations may be added to, and the seconds of those it has may be changed. */
  private static ArrayNode tolerated(JsonNode present, JsonNode wanted) {
    var all = JSON.createArrayNode();
    present.forEach(toleration -> {
      if (!isAmong(toleration, wanted)) {
        all.add(toleration);
      }
    });
    wanted.forEach(all::add);
    return all;
  }

  private static boolean isAmong(JsonNode toleration, JsonNode all) {
    for (var other : all) {
      if (withoutSeconds(other).equals(withoutSeconds(toleration))) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode withoutSeconds(JsonNode toleration) {
    var copy = (ObjectNode) toleration.deepCopy();
    copy.remove("tolerationSeconds");
    return copy;
  }

  /** Reads an object and merges a change into exactly that version of it, until that succeeds. */
  private void change(String path, UnaryOperator<JsonNode> change) {
    for (int i = 0; i < TRIES; i++) {
      var object = client.get(path).orThrow();
      var body = (ObjectNode) change.apply(object);
      body.putObject("metadata").set("resourceVersion", object.at("/metadata/resourceVersion"));
      var response = client.mergePatch(path, body);
      if (response.status() != CONFLICT) {
        response.orThrow();
        return;
      }
    }
    throw new IllegalStateException(path + " is changed by others all the time");
  }

  private void setLabels(String node, Map<String, Optional<String>> labels) {
    var body = JSON.createObjectNode();
    var changed = body.putObject("metadata").putObject("labels");
    labels.forEach((key, value) ->
        value.ifPresentOrElse(text -> changed.put(key, text), () -> changed.putNull(key)));
    client.mergePatch(NODES + node, body).orThrow();
  }

  private void cordon(String node, boolean isOn) {
    var body = JSON.createObjectNode();
    body.putObject("spec").put("unschedulable", isOn);
    client.mergePatch(NODES + node, body).orThrow();
  }

  private void setReady(String pod, boolean isReady) {
    var parts = pod.split("/", 2);
    kubelets.setReady(parts[0], parts[1], isReady);
  }

  private static String podPath(String pod) {
    var parts = pod.split("/", 2);
    return "/api/v1/namespaces/%s/pods/%s".formatted(parts[0], parts[1]);
  }
}
