package io.nodelifecycle.invariant;

import io.nodelifecycle.core.model.PodSnapshot;
import java.time.Instant;

/** What one process could know of one pod. */
final class SeenPod {
  PodSnapshot pod;

  /** Since when it is bound to its node, as far as the process can know. */
  Instant bound;

  int generation;

  /** The API server has taken its deletion, or has said that it is gone. */
  boolean isEnding;

  /** How often it was marked not ready since its node is unknown, and when last. */
  int marks;

  Instant markedAt = Instant.MIN;
  String markedIn = "";

  SeenPod(PodSnapshot pod, Instant bound) {
    this.pod = pod;
    this.bound = bound;
  }
}
