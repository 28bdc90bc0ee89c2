package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action.Priority;

/** Where work waits in this process: observations to be judged, requests to be sent. */
public enum WorkQueue {
  /** Observations of nodes and leases. */
  NODE_OBSERVATIONS("node_lifecycle_controller"),
  /** Observations of pods. */
  POD_OBSERVATIONS("node_lifecycle_controller_pods"),
  /** Requests of {@link Priority#NODE_STATUS}. */
  NODE_STATUS("node_status"),
  /** Requests of {@link Priority#NODE_TAINTS}. */
  NODE_TAINTS("node_taints"),
  /** Requests of {@link Priority#POD_NOT_READY}. */
  POD_NOT_READY("pod_not_ready"),
  /** Requests of {@link Priority#POD_DELETION}. */
  POD_DELETION("pod_deletion"),
  /** Requests of {@link Priority#NODE_LABELS}. */
  NODE_LABELS("node_labels"),
  /** Requests of {@link Priority#EVENTS}. */
  EVENTS("events");

  private final String label;

  WorkQueue(String label) {
    this.label = label;
  }

  /** The queue in which requests of this priority wait. */
  public static WorkQueue of(Priority priority) {
    return switch (priority) {
      case NODE_STATUS -> NODE_STATUS;
      case NODE_TAINTS -> NODE_TAINTS;
      case POD_NOT_READY -> POD_NOT_READY;
      case POD_DELETION -> POD_DELETION;
      case NODE_LABELS -> NODE_LABELS;
      case EVENTS -> EVENTS;
    };
  }

  /** Its name in metrics. */
  public String label() {
    return label;
  }
}
