package io.nodelifecycle.simulate.record;

import java.time.Duration;

/**
 * One thing that happened.
 *
 * @param at when, since the beginning
 * @param kind what
 * @param zone the zone of the node or pod, or the zone itself; empty where there is none
 * @param subject the node's name, the pod as {@code namespace/name}, or empty
 * @param workload of a pod: {@link WorkloadRecord#title()} of what it belongs to; else empty
 * @param text a few words for people, without the time
 */
public record Happening(
    Duration at, Kind kind, String zone, String subject, String workload, String text) {
  /** What can happen. */
  public enum Kind {
    /** A step of the outage itself: machines die or come back, the API server goes. */
    OUTAGE,
    /** The controller turned a node's Ready condition to Unknown. */
    NODE_UNKNOWN,
    /** A node reports that it is not ready. */
    NODE_NOT_READY,
    /** A node reports that it is ready again. */
    NODE_READY,
    /** A node got a NoExecute taint. */
    NODE_TAINTED,
    /** A node lost its last NoExecute taint. */
    NODE_UNTAINTED,
    /** A node was removed from the cluster. */
    NODE_GONE,
    /** The controller turned a pod's Ready condition to False. */
    POD_NOT_READY,
    /** The controller deleted a pod. */
    POD_EVICTED,
    /** The pod's replacement is ready on another node. */
    POD_REPLACED,
    /** The state or rate of a zone changed. */
    ZONE,
    /** All evictions were stopped since no zone has a ready node. */
    CLUSTER_STOPPED,
    /** A zone has a ready node again: evictions go on. */
    CLUSTER_RESUMED,
    /** The controller cannot reach the API server, is blind, or recovers. */
    CONTROLLER
  }
}
