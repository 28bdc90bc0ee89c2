package io.nodelifecycle.parity.scenario;

import io.nodelifecycle.parity.scenario.Scenario.Flags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Something that happens to a cluster or to the controller; lists of nodes in their order. */
public sealed interface Action {

  /** The nodes fall silent, with one last heartbeat. */
  record StopHeartbeats(List<String> nodes) implements Action {}

  /** The nodes come back: a healthy status, then their heartbeats. */
  record ResumeHeartbeats(List<String> nodes) implements Action {}

  /** From now on these nodes renew their lease, or post their status, or both. */
  record SetHeartbeats(List<String> nodes, boolean lease, boolean status) implements Action {}

  /** The clocks of these nodes are that far ahead (negative: behind) from now on. */
  record SetClock(List<String> nodes, Duration ahead) implements Action {}

  /** The kubelets post these statuses by condition; their other conditions stay as they are. */
  record PostConditions(List<String> nodes, Map<String, String> conditions) implements Action {}

  /** Nodes appear. */
  record AddNodes(List<PlannedNode> nodes) implements Action {}

  /** Nodes are deleted, and their leases with them; their kubelets are silent. */
  record DeleteNodes(List<String> nodes) implements Action {}

  /** Pods appear, bound to their nodes. */
  record AddPods(List<PlannedPod> pods) implements Action {}

  /** Pods are deleted; with force they are gone at once. */
  record DeletePods(List<String> pods, boolean isForced) implements Action {}

  /** A pod is gone at once and one of the same name appears, as a StatefulSet does it. */
  record RecreatePod(PlannedPod pod) implements Action {}

  /**
   * A user removes taints, whatever their values, and sets others, in one write; of one key and
   * effect there is only one.
   */
  record ChangeTaints(List<String> nodes, List<Taint> add, List<Taint> remove) implements Action {}

  /** A user sets labels, or removes those without a value. */
  record SetLabels(List<String> nodes, Map<String, Optional<String>> labels) implements Action {}

  /** A user cordons the nodes, or lifts that. */
  record Cordon(List<String> nodes, boolean isOn) implements Action {}

  /** A pod is given more tolerations; those that it has stay, but for seconds that change. */
  record Tolerate(String pod, JsonNode tolerations) implements Action {}

  /** The kubelet says that the pods are ready, or that they are not. */
  record PodReady(List<String> pods, boolean isReady) implements Action {}

  /** A user's JSON merge patch. */
  record Patch(String path, JsonNode body) implements Action {}

  /** A user creates an object. */
  record Create(Scenario.PlannedObject object) implements Action {}

  /** A user deletes an object. */
  record Delete(String path) implements Action {}

  /** The controller ends, at once or as asked (SIGTERM). */
  record StopController(boolean isGraceful) implements Action {}

  /** The controller starts again, with these flags over those that it had. */
  record StartController(Flags flags) implements Action {}

  /** A taint as kubectl writes it: key, value (empty where there is none) and effect. */
  record Taint(String key, String value, String effect) {
    /** The taint as part of a node. */
    public Map<String, String> json() {
      return value.isEmpty()
          ? Map.of("key", key, "effect", effect)
          : Map.of("key", key, "value", value, "effect", effect);
    }
  }

  /** The nodes that the action is about, those of its pods not counted. */
  default List<String> involvedNodes() {
    return switch (this) {
      case StopHeartbeats(var nodes) -> nodes;
      case ResumeHeartbeats(var nodes) -> nodes;
      case SetHeartbeats(var nodes, _, _) -> nodes;
      case SetClock(var nodes, _) -> nodes;
      case PostConditions(var nodes, _) -> nodes;
      case AddNodes(var nodes) -> nodes.stream().map(PlannedNode::name).toList();
      case DeleteNodes(var nodes) -> nodes;
      case ChangeTaints(var nodes, _, _) -> nodes;
      case SetLabels(var nodes, _) -> nodes;
      case Cordon(var nodes, _) -> nodes;
      case Patch(var path, _) -> nodeOf(path).toList();
      case Delete(var path) -> nodeOf(path).toList();
      case AddPods _, DeletePods _, RecreatePod _, Tolerate _, PodReady _ -> List.of();
      case Create _, StopController _, StartController _ -> List.of();
    };
  }

  /** The pods that the action is about, as {@code namespace/name}. */
  default List<String> involvedPods() {
    return switch (this) {
      case AddPods(var pods) -> pods.stream().map(PlannedPod::key).toList();
      case DeletePods(var pods, _) -> pods;
      case RecreatePod(var pod) -> List.of(pod.key());
      case Tolerate(var pod, _) -> List.of(pod);
      case PodReady(var pods, _) -> pods;
      case Patch(var path, _) -> podOf(path).toList();
      case Delete(var path) -> podOf(path).toList();
      case StopHeartbeats _, ResumeHeartbeats _, SetHeartbeats _, SetClock _ -> List.of();
      case PostConditions _, AddNodes _, DeleteNodes _ -> List.of();
      case ChangeTaints _, SetLabels _, Cordon _ -> List.of();
      case Create _, StopController _, StartController _ -> List.of();
    };
  }

  private static Stream<String> nodeOf(String path) {
    return path.matches("/api/v1/nodes/[^/?]+(/status)?")
        ? Stream.of(path.split("/", -1)[4])
        : Stream.empty();
  }

  private static Stream<String> podOf(String path) {
    return path.matches("/api/v1/namespaces/[^/]+/pods/[^/?]+(/status)?")
        ? Stream.of(path.split("/", -1)[4] + "/" + path.split("/", -1)[6])
        : Stream.empty();
  }
}
