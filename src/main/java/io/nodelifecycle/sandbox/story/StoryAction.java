package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.config.value.GoDuration;
import io.nodelifecycle.core.model.Taint;
import java.time.Duration;
import java.util.List;

/** Something that happens in a story. */
public sealed interface StoryAction {
  /** Who it happens to; no node where it happens to something else. */
  NodeSet nodes();

  /** The machines stop: no heartbeats, no statuses, nothing that a kubelet does. */
  record Kill(NodeSet nodes) implements StoryAction {
    @Override
    public String toString() {
      return nodes.does("dies", "die");
    }
  }

  /** The machines run again. */
  record Return(NodeSet nodes) implements StoryAction {
    @Override
    public String toString() {
      return nodes.does("comes back", "come back");
    }
  }

  /** The kubelets report a condition. */
  record Report(NodeSet nodes, String condition, String status) implements StoryAction {
    @Override
    public String toString() {
      return nodes + " reports " + condition + "=" + status;
    }
  }

  /** Somebody adds a taint. */
  record AddTaint(NodeSet nodes, Taint taint) implements StoryAction {
    @Override
    public String toString() {
      return nodes + " is tainted " + taint;
    }
  }

  /** Somebody takes a taint off. */
  record RemoveTaint(NodeSet nodes, Taint taint) implements StoryAction {
    @Override
    public String toString() {
      return nodes + " loses its taint " + taint;
    }
  }

  /** Somebody cordons the nodes, or ends that. */
  record Cordon(NodeSet nodes, boolean isOn) implements StoryAction {
    @Override
    public String toString() {
      return nodes + (isOn ? " is cordoned" : " is uncordoned");
    }
  }

  /** Somebody sets a label, or removes it where the value is empty. */
  record Label(NodeSet nodes, String key, String value) implements StoryAction {
    @Override
    public String toString() {
      return nodes + " is labelled " + key + "=" + value;
    }
  }

  /** Somebody deletes the nodes' pods of a kind; empty for every kind. */
  record DeletePods(NodeSet nodes, String kind) implements StoryAction {
    @Override
    public String toString() {
      return (kind.isEmpty() ? "all" : kind) + " pods of " + nodes + " are deleted by hand";
    }
  }

  /** A node joins. */
  record AddNode(NodeSet nodes, String zone) implements StoryAction {
    @Override
    public String toString() {
      return nodes + " joins zone " + zone;
    }
  }

  /** The nodes are removed from the cluster, with their leases and pods. */
  record RemoveNode(NodeSet nodes) implements StoryAction {
    @Override
    public String toString() {
      return nodes + " is removed from the cluster";
    }
  }

  /**
   * The API server is out of everybody's reach: the controller's and the kubelets'.
   *
   * @param duration for how long
   */
  record ApiDown(Duration duration) implements StoryAction {
    @Override
    public NodeSet nodes() {
      return new NodeSet("the API server", List.of());
    }

    @Override
    public String toString() {
      return nodes() + " is out of reach for " + GoDuration.format(duration);
    }
  }
}
