package io.nodelifecycle.runtime.dryrun;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.PodSnapshot;

/** A pod as it was last really seen, and what would have been written to it since. */
final class OverlaidPod {
  private PodSnapshot real;
  private int revision;

  /** The list in which it was last reported. */
  int generation;

  private boolean isNotReady;
  private boolean isNodeLost;
  private boolean isDeleted;

  OverlaidPod(PodSnapshot real) {
    this.real = real;
  }

  /** The pod as it was last really seen. */
  PodSnapshot real() {
    return real;
  }

  /** Reality moves on: what it has changed itself is as it says. */
  void see(PodSnapshot seen) {
    if (!seen.resourceVersion().equals(real.resourceVersion())) {
      revision = 0;
    }
    real = seen;
    isNotReady &= seen.ready() == ConditionStatus.TRUE;
    isNodeLost &= !seen.isNodeLost();
    isDeleted &= !seen.isTerminating();
  }

  /** The version under which it is shown now. */
  String version() {
    return OverlaidVersion.of(real.resourceVersion(), revision);
  }

  /** The pod as it would be. */
  PodSnapshot view() {
    return new PodSnapshot(
        real.key(),
        version(),
        real.nodeName(),
        real.tolerations(),
        isNotReady ? ConditionStatus.FALSE : real.ready(),
        real.isTerminating() || isDeleted,
        real.isMirror(),
        real.boundAt(),
        real.isNodeLost() || isNodeLost,
        real.isOfDaemonSet(),
        real.labels());
  }

  /** Its Ready condition would become False. */
  void markNotReady() {
    isNotReady = true;
    revision++;
  }

  /** Its status would say that its node is lost. */
  void markNodeLost() {
    isNodeLost = true;
    revision++;
  }

  /** Something would be written of which nothing is shown. */
  void touch() {
    revision++;
  }

  /** It would be deleted. */
  void delete() {
    isDeleted = true;
    revision++;
  }

  /** Whether its deletion would have been asked for. */
  boolean isDeleted() {
    return isDeleted;
  }

  /** Whether anything is laid over it. */
  boolean isOverlaid() {
    return isNotReady || isNodeLost || isDeleted;
  }

  /**
   * Its node's kubelet is back, which would have posted the pod's status anew.
   *
   * @return whether that changes what is shown
   */
  boolean heard() {
    var isChanged = isNotReady || isNodeLost;
    if (isChanged) {
      isNotReady = false;
      isNodeLost = false;
      revision++;
    }
    return isChanged;
  }

  /** Nothing would delete it any more: it counts as the pod that came after it. */
  void revive() {
    isDeleted = false;
    revision++;
  }
}
