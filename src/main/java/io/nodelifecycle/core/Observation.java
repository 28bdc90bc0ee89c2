package io.nodelifecycle.core;

import io.nodelifecycle.core.model.DaemonSetSnapshot;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that was seen: by a list, by a watch, or as the answer to a write. */
public sealed interface Observation {
  /**
   * A list of the resource begins. Until {@link ListEnd} every object of it is reported; a list
   * that fails halfway is followed by another beginning.
   */
  record ListBegin(Resource resource) implements Observation {}

  /** The list is complete: what was known before and not reported since the beginning is gone. */
  record ListEnd(Resource resource) implements Observation {}

  /**
   * A node as it is now.
   *
   * @param node the node
   * @param isListed true from a list, which is believed even if it goes back in time
   * @param wallClock this machine's wall clock when it was received
   */
  record NodeSeen(NodeSnapshot node, boolean isListed, Instant wallClock) implements Observation {}

  /** A node was deleted. */
  record NodeGone(String name, String uid) implements Observation {}

  /**
   * A pod as it is now.
   *
   * @param pod the pod
   * @param isListed true from a list, which is believed even if it goes back in time
   * @param wallClock this machine's wall clock when it was received
   */
  record PodSeen(PodSnapshot pod, boolean isListed, Instant wallClock) implements Observation {}

  /** A pod was deleted. */
  record PodGone(PodKey key) implements Observation {}

  /**
   * A node lease as it is now. Any change of it is a heartbeat: what it says about time is not
   * read.
   *
   * @param nodeName the lease's name, which is the node's
   * @param resourceVersion the version of the lease
   */
  record LeaseSeen(String nodeName, String resourceVersion) implements Observation {}

  /** A node lease was deleted. */
  record LeaseGone(String nodeName) implements Observation {}

  /** A DaemonSet as it is now. */
  record DaemonSetSeen(DaemonSetSnapshot daemonSet) implements Observation {}

  /** A DaemonSet was deleted. */
  record DaemonSetGone(String uid) implements Observation {}

  /** The watch of the resource broke: until it is back, nothing is learned from its silence. */
  record WatchBroken(Resource resource) implements Observation {}

  /**
   * The watch of the resource delivers again.
   *
   * @param resource which
   * @param gap how long nothing could be heard, also where the break was noticed only afterwards
   */
  record WatchRestored(Resource resource, Duration gap) implements Observation {}

  /** This process was stopped (suspended, starved) for so long and has heard nothing meanwhile. */
  record Paused(Duration gap) implements Observation {}

  /**
   * A write was answered or given up.
   *
   * @param write what was sent
   * @param outcome how it ended
   */
  record WriteEnded(Action.Write write, Outcome outcome) implements Observation {}

  /**
   * A live read was answered or given up.
   *
   * @param read what was sent
   * @param outcome how it ended
   */
  record ReadEnded(Action.Read read, ReadOutcome outcome) implements Observation {}

  /** How a live read ended. */
  sealed interface ReadOutcome {
    /**
     * The leases that were asked for.
     *
     * @param versions the resourceVersion of each by its node's name; one that does not exist is
     *     not there
     */
    record Leases(Map<String, String> versions) implements ReadOutcome {
      /** Takes a copy. */
      public Leases {
        versions = Map.copyOf(versions);
      }
    }

    /**
     * The node of the name that was asked for, which may have another uid.
     *
     * @param node null if there is none
     */
    record Node(@Nullable NodeSnapshot node) implements ReadOutcome {}

    /**
     * Who last wrote to the node that was asked for: the names of field managers, empty if that is
     * not known.
     *
     * @param conditions the Ready condition
     * @param taints the taints
     */
    record Writers(String conditions, String taints) implements ReadOutcome {
      /** Nothing is known. */
      public static final Writers UNKNOWN = new Writers("", "");
    }

    /**
     * It failed, so that nothing is known.
     *
     * @param reason for people
     * @param retryAfter what the API server asked for, zero if it did not
     */
    record Failed(String reason, Duration retryAfter) implements ReadOutcome {}
  }

  /** How a write ended. */
  sealed interface Outcome {
    /**
     * It was carried out.
     *
     * @param node the node as the API server returned it, null if the write was none of a node
     * @param pod the pod as the API server returned it, null if the write was none of a pod
     * @param wallClock this machine's wall clock when the answer came
     */
    record Succeeded(@Nullable NodeSnapshot node, @Nullable PodSnapshot pod, Instant wallClock)
        implements Outcome {}

    /** The object is another one by now (other version or uid): 409. */
    record Conflict() implements Outcome {}

    /** The object does not exist any more: 404. */
    record NotFound() implements Outcome {}

    /**
     * It failed for another reason, or it is unknown whether it was carried out.
     *
     * @param reason for people
     * @param retryAfter what the API server asked for, zero if it did not
     */
    record Failed(String reason, Duration retryAfter) implements Outcome {}
  }
}
