package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.sandbox.cluster.DeleteOptions;
import io.nodelifecycle.sandbox.cluster.ListQuery;
import io.nodelifecycle.sandbox.cluster.PageRequest;
import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.story.Story.Chapter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Makes happen what the story says, when it says so. */
public final class StoryPlayer {
  private final List<Chapter> chapters;
  private final SandboxCluster cluster;
  private final Machines machines;
  private int next;

  /** What happens to machines and the network, rather than to objects. */
  public interface Machines {
    /** A machine stops. */
    void kill(String node);

    /** A machine runs again. */
    void revive(String node);

    /** A machine reports a condition from now on. */
    void report(String node, String condition, String status);

    /** A machine joins a zone. */
    void join(String node, String zone);

    /** A machine is taken out of the cluster. */
    void remove(String node);

    /** The API server is out of reach from now on, for so long. */
    void cutApi(Duration duration);
  }

  /** A player that has not begun. */
  public StoryPlayer(List<Chapter> chapters, SandboxCluster cluster, Machines machines) {
    this.chapters = List.copyOf(chapters);
    this.cluster = cluster;
    this.machines = machines;
  }

  /**
   * Does what is due.
   *
   * @param at what time it is in the story
   * @param wall what is written into objects
   * @return the chapters that began by this
   */
  public List<Chapter> advance(Duration at, Instant wall) {
    var begun = new ArrayList<Chapter>();
    for (var chapter = upcoming(); chapter.isPresent(); chapter = upcoming()) {
      if (chapter.get().at().compareTo(at) > 0) {
        break;
      }
      chapter.get().actions().forEach(action -> carryOut(action, wall));
      begun.add(chapter.get());
      next++;
    }
    return begun;
  }

  /** The chapter that comes next; empty after the last. */
  public Optional<Chapter> upcoming() {
    return next < chapters.size() ? Optional.of(chapters.get(next)) : Optional.empty();
  }

  /** The chapter that is going on; empty before the first. */
  public Optional<Chapter> current() {
    return next > 0 ? Optional.of(chapters.get(next - 1)) : Optional.empty();
  }

  private void carryOut(StoryAction action, Instant wall) {
    if (action instanceof StoryAction.ApiDown(var duration)) {
      machines.cutApi(duration);
    }
    for (var node : action.nodes().nodes()) {
      try {
        carryOut(action, node, wall);
      } catch (ApiFailure failure) {
        // Somebody took the node away meanwhile: there is nothing left to do it to.
        if (failure.code() != 404) {
          throw failure;
        }
      }
    }
  }

  private void carryOut(StoryAction action, String node, Instant wall) {
    switch (action) {
      case StoryAction.Kill _ -> machines.kill(node);
      case StoryAction.Return _ -> machines.revive(node);
      case StoryAction.Report(_, var condition, var status) ->
          machines.report(node, condition, status);
      case StoryAction.AddNode(_, var zone) -> machines.join(node, zone);
      case StoryAction.RemoveNode _ -> machines.remove(node);
      case StoryAction.AddTaint(_, var taint) -> taint(node, taint, true, wall);
      case StoryAction.RemoveTaint(_, var taint) -> taint(node, taint, false, wall);
      case StoryAction.Cordon(_, var isOn) ->
          change(node, wall, tree -> Json.child(tree, "spec").put("unschedulable", isOn));
      case StoryAction.Label(_, var key, var value) ->
          change(node, wall, tree -> label(tree, key, value));
      case StoryAction.DeletePods(_, var kind) -> deletePods(node, kind, wall);
      case StoryAction.ApiDown _ -> {}
    }
  }

  private interface Change {
    void make(ObjectNode tree);
  }

  private void change(String node, Instant wall, Change change) {
    cluster.modify(
        ObjectRef.node(node),
        Part.MAIN,
        tree -> {
          change.make(tree);
          return tree;
        },
        wall);
  }

  private static void label(ObjectNode tree, String key, String value) {
    var labels = Json.child(Json.child(tree, "metadata"), "labels");
    if (value.isEmpty()) {
      labels.remove(key);
    } else {
      labels.put(key, value);
    }
  }

  private void taint(String node, Taint taint, boolean isAdded, Instant wall) {
    change(
        node,
        wall,
        tree -> {
          var spec = Json.child(tree, "spec");
          var before = spec.path("taints");
          var taints = Json.object().putArray("taints");
          for (var other : before) {
            if (!Json.text(other, "key").equals(taint.key())
                || !Json.text(other, "effect").equals(taint.effect())) {
              taints.add(other.deepCopy());
            }
          }
          if (isAdded) {
            var added = taints.addObject().put("key", taint.key());
            if (!taint.value().isEmpty()) {
              added.put("value", taint.value());
            }
            added.put("effect", taint.effect());
          }
          spec.set("taints", taints);
        });
  }

  private void deletePods(String node, String kind, Instant wall) {
    var kinds = kind.isEmpty() ? Set.<String>of() : Set.of(kind);
    for (var pod : cluster.list(ListQuery.all(ResourceType.PODS), PageRequest.ALL).items()) {
      if (pod.nodeName().equals(node)
          && (kinds.isEmpty() || kinds.contains(pod.labels().getOrDefault("app", "")))) {
        cluster.delete(pod.ref(), DeleteOptions.GRACEFUL, wall);
      }
    }
  }
}
