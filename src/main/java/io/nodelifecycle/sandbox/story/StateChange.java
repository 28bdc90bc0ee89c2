package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.Taint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Something that changed, in words.
 *
 * @param at when, since the beginning of the story
 * @param weight whether it is about a node or only about a pod
 * @param text what changed
 */
public record StateChange(Duration at, Weight weight, String text) {
  private static final String PREFIX = "node.kubernetes.io/";

  /** How much there is to be expected of it. */
  public enum Weight {
    /** A node changed. */
    NODE,
    /** A pod changed. */
    POD,
    /** A pod started or ended, as pods do. */
    ROUTINE
  }

  static Optional<StateChange> ofNode(Duration at, Optional<NodeState> before, NodeState now) {
    if (before.isEmpty()) {
      return Optional.empty();
    }
    var parts = new ArrayList<String>();
    var old = before.get();
    if (old.exists() && !now.exists()) {
      parts.add("is gone");
    }
    if (old.ready() != now.ready() && old.ready() != ConditionStatus.ABSENT) {
      parts.add("Ready=" + NodeState.word(now.ready()));
    }
    if (!old.problems().equals(now.problems())) {
      parts.add("conditions " + now.problems().keySet());
    }
    if (old.isCordoned() != now.isCordoned()) {
      parts.add(now.isCordoned() ? "cordoned" : "uncordoned");
    }
    now.taints().stream()
        .filter(taint -> !old.taints().contains(taint))
        .forEach(taint -> parts.add("+" + shortName(taint)));
    old.taints().stream()
        .filter(taint -> !now.taints().contains(taint))
        .forEach(taint -> parts.add("-" + shortName(taint)));
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(new StateChange(at, Weight.NODE, now.name() + " " + String.join(" ", parts)));
  }

  private static String shortName(Taint taint) {
    return taint.toString().replace(PREFIX, "");
  }

  static Optional<StateChange> ofPod(Duration at, Optional<PodState> before, PodState now) {
    var weight = Weight.POD;
    var parts = new ArrayList<String>();
    if (before.isEmpty()) {
      if (at.isZero()) {
        return Optional.empty();
      }
      parts.add("created on " + now.node());
    } else {
      var old = before.get();
      if (!old.isDeleting() && (now.isDeleting() || !now.exists())) {
        parts.add("deleted, was on " + now.node());
      } else if (!now.exists()) {
        weight = Weight.ROUTINE;
        parts.add("has ended");
      }
      if (now.exists() && old.isReady() != now.isReady()) {
        weight = now.isReady() ? Weight.ROUTINE : weight;
        parts.add(now.isReady() ? "Ready=True" : "Ready=False");
      }
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StateChange(at, weight, "pod " + now.name() + " " + String.join(" ", parts)));
  }

  /** Only what objects do not show by themselves. */
  static Optional<StateChange> ofEvent(Duration at, EventNote event) {
    return event.message().startsWith("Cancelling")
        ? Optional.of(
            new StateChange(at, Weight.POD, "event " + event.reason() + ": " + event.message()))
        : Optional.empty();
  }
}
