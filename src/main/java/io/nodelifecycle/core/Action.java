package io.nodelifecycle.core;

import io.nodelifecycle.core.foreign.ForeignFinding;
import io.nodelifecycle.core.foreign.ForeignPolicy.ElectionKey;
import io.nodelifecycle.core.foreign.ForeignWrite;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Zone;
import io.nodelifecycle.core.zone.ZoneChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something to be done: a request to the API server, or an announcement to people. */
public sealed interface Action {
  /**
   * A request to the API server. Right before it is sent it is asked whether it still should be.
   */
  sealed interface Request extends Action {
    /** Its place in the order in which requests share the budget. */
    Priority priority();

    /** What is written or read, in a few words for people. */
    String text();
  }

  /**
   * A write. It carries everything needed to carry it out; times that go into the object are
   * stamped by who sends it. At most one write to an object is under way.
   */
  sealed interface Write extends Request {
    /** What kind of write it is: failures are remembered by object and kind. */
    Kind kind();

    @Override
    default Priority priority() {
      return kind().priority();
    }

    /** How often the same write failed before: first tries go before retries. */
    int attempt();

    /**
     * The name of the node whose live state it rests on, empty if on none: writes that share a live
     * read go out together.
     */
    default String basis() {
      return "";
    }
  }

  /** A write to a node. */
  sealed interface NodeWrite extends Write {
    /** The node that is written. */
    NodeKey node();
  }

  /** A write to a pod. */
  sealed interface PodWrite extends Write {
    /** The pod that is written. */
    PodKey pod();
  }

  /** The kinds of writes, the most urgent to an object first. */
  enum Kind {
    /** Conditions of a node. */
    NODE_STATUS(Priority.NODE_STATUS),
    /** Taints of a node. */
    NODE_TAINTS(Priority.NODE_TAINTS),
    /** A pod's Ready condition. */
    POD_NOT_READY(Priority.POD_NOT_READY),
    /** A pod's {@code status.reason}, before its eviction without taints. */
    NODE_LOST(Priority.POD_DELETION),
    /** A pod's deletion, and the condition written before it. */
    POD_DELETION(Priority.POD_DELETION),
    /** Labels of a node. */
    NODE_LABELS(Priority.NODE_LABELS);

    private final Priority priority;

    Kind(Priority priority) {
      this.priority = priority;
    }

    /** Its place in the order of all writes. */
    public Priority priority() {
      return priority;
    }
  }

  /**
   * A live read: answered by the API server from a quorum, not from a cache. It ranks with the
   * write that it guards.
   */
  sealed interface Read extends Request {}

  /** Reads the lease of one node. */
  record ReadLease(String nodeName) implements Read {
    @Override
    public Priority priority() {
      return Priority.NODE_STATUS;
    }

    @Override
    public String text() {
      return "lease of node " + nodeName;
    }
  }

  /** Reads all node leases as they were at one moment. */
  record ReadLeases() implements Read {
    @Override
    public Priority priority() {
      return Priority.NODE_STATUS;
    }

    @Override
    public String text() {
      return "leases of all nodes";
    }
  }

  /** Reads one node. */
  record ReadNode(NodeKey node) implements Read {
    @Override
    public Priority priority() {
      return Priority.POD_DELETION;
    }

    @Override
    public String text() {
      return "node " + node;
    }
  }

  /**
   * Reads who wrote to a node that another controller seems to have written to. Nothing depends on
   * it but what people are told.
   */
  record ReadWriters(ForeignWrite write) implements Read {
    @Override
    public Priority priority() {
      return Priority.NODE_LABELS;
    }

    @Override
    public String text() {
      return "writers of node " + write.node();
    }
  }

  /**
   * Closes the watch of a resource and opens it anew.
   *
   * @param resource which
   * @param isFromList everything is listed again; else it goes on where the watch had come to
   */
  record ReopenWatch(Resource resource, boolean isFromList) implements Action {}

  /** The order in which requests share the budget, the most urgent first. */
  enum Priority {
    /** Conditions of nodes. */
    NODE_STATUS,
    /** Taints of nodes. */
    NODE_TAINTS,
    /** Pods that are no longer ready because their node is unknown. */
    POD_NOT_READY,
    /** Deletions of pods and the condition written before each. */
    POD_DELETION,
    /** Labels of nodes. */
    NODE_LABELS,
    /** Events. */
    EVENTS
  }

  /**
   * Sets conditions of a silent node to Unknown, in one write with uid and resourceVersion.
   *
   * @param node which node
   * @param resourceVersion the version that was judged
   * @param conditions what changes
   * @param attempt see {@link Write#attempt()}
   */
  record PatchNodeStatus(
      NodeKey node, String resourceVersion, List<UnknownCondition> conditions, int attempt)
      implements NodeWrite {
    @Override
    public Kind kind() {
      return Kind.NODE_STATUS;
    }

    @Override
    public String text() {
      return "conditions of node " + node;
    }
  }

  /**
   * A condition that becomes Unknown.
   *
   * @param type the condition's type
   * @param neverPosted null for a condition that exists (its lastHeartbeatTime is kept); for one
   *     that the kubelet never posted, the lastHeartbeatTime to write: the node's creationTimestamp
   */
  record UnknownCondition(String type, @Nullable Instant neverPosted) {}

  /**
   * Makes a node's taints exactly these, in one write with uid and resourceVersion.
   *
   * @param node which node
   * @param resourceVersion the version that was judged
   * @param taints all taints, foreign ones included
   * @param added those of them that are new: they get timeAdded
   * @param removed those that are there now and are left out
   * @param attempt see {@link Write#attempt()}
   */
  record PatchNodeTaints(
      NodeKey node,
      String resourceVersion,
      List<Taint> taints,
      List<Taint> added,
      List<Taint> removed,
      int attempt)
      implements NodeWrite {
    @Override
    public Kind kind() {
      return Kind.NODE_TAINTS;
    }

    @Override
    public String text() {
      return "taints of node " + node;
    }
  }

  /**
   * Sets labels of a node, with its uid.
   *
   * @param node which node
   * @param labels the labels to set
   * @param attempt see {@link Write#attempt()}
   */
  record PatchNodeLabels(NodeKey node, Map<String, String> labels, int attempt)
      implements NodeWrite {
    @Override
    public Kind kind() {
      return Kind.NODE_LABELS;
    }

    @Override
    public String text() {
      return "labels of node " + node;
    }
  }

  /**
   * Sets a pod's Ready condition to False, with uid and resourceVersion.
   *
   * @param pod which pod
   * @param resourceVersion the version that was judged
   * @param attempt see {@link Write#attempt()}
   */
  record MarkPodNotReady(PodKey pod, String resourceVersion, int attempt) implements PodWrite {
    @Override
    public Kind kind() {
      return Kind.POD_NOT_READY;
    }

    @Override
    public String text() {
      return "Ready condition of pod " + pod;
    }
  }

  /**
   * Sets a pod's condition DisruptionTarget to True before its deletion, with uid and
   * resourceVersion.
   *
   * @param pod which pod
   * @param resourceVersion the version that was judged
   * @param nodeName the node it is bound to
   * @param attempt see {@link Write#attempt()}
   */
  record MarkDisruptionTarget(PodKey pod, String resourceVersion, String nodeName, int attempt)
      implements PodWrite {
    @Override
    public Kind kind() {
      return Kind.POD_DELETION;
    }

    @Override
    public String basis() {
      return nodeName;
    }

    @Override
    public String text() {
      return "DisruptionTarget condition of pod " + pod;
    }
  }

  /**
   * Sets a pod's {@code status.reason} to {@code NodeLost} and its message to one that names the
   * node, with uid and resourceVersion.
   *
   * @param pod which pod
   * @param resourceVersion the version that was judged
   * @param nodeName the node it is bound to
   * @param attempt see {@link Write#attempt()}
   */
  record MarkNodeLost(PodKey pod, String resourceVersion, String nodeName, int attempt)
      implements PodWrite {
    @Override
    public Kind kind() {
      return Kind.NODE_LOST;
    }

    @Override
    public String basis() {
      return nodeName;
    }

    @Override
    public String text() {
      return "reason NodeLost of pod " + pod;
    }
  }

  /**
   * Deletes a pod with its own grace period, with its uid.
   *
   * @param pod which pod
   * @param nodeName the node it is bound to
   * @param isByTaints because of the node's taints; else its node has been failed for too long
   * @param attempt see {@link Write#attempt()}
   */
  record DeletePod(PodKey pod, String nodeName, boolean isByTaints, int attempt)
      implements PodWrite {
    @Override
    public Kind kind() {
      return Kind.POD_DELETION;
    }

    @Override
    public String basis() {
      return nodeName;
    }

    @Override
    public String text() {
      return "deletion of pod " + pod;
    }
  }

  /**
   * Tells whoever looks at an object's events. Not a {@link Write}: best effort, nothing depends on
   * it.
   *
   * @param about the node or pod
   * @param isWarning Warning rather than Normal
   * @param reason one word, for machines
   * @param message a sentence, for people
   * @param source which controller says so
   */
  record SendEvent(
      EventSubject about, boolean isWarning, String reason, String message, EventSource source)
      implements Action {}

  /** What an event is about. */
  sealed interface EventSubject {
    /** A node. */
    record OfNode(NodeKey node) implements EventSubject {}

    /** A pod. */
    record OfPod(PodKey pod) implements EventSubject {}

    /** The lease of the election. */
    record OfElection(ElectionKey lease) implements EventSubject {}
  }

  /** The component that an event names as its source. */
  enum EventSource {
    /** Node health. */
    NODE_CONTROLLER("node-controller"),
    /** Evictions by taints. */
    TAINT_EVICTION("taint-eviction-controller");

    private final String component;

    EventSource(String component) {
      this.component = component;
    }

    /** The name on the wire. */
    public String component() {
      return component;
    }
  }

  /** Something worth a log line: the state of a node, a zone or the cluster changed. */
  sealed interface Announcement extends Action {}

  /** All caches are complete: from now on decisions are made. */
  record Synced(int nodes, int pods) implements Announcement {}

  /** A node has not been heard for longer than its grace period, in seconds. */
  record NodeSilent(NodeKey node, Zone zone, long unheardSeconds) implements Announcement {}

  /** A node that was held silent was heard again before anything was written. */
  record NodeHeard(NodeKey node) implements Announcement {}

  /** A node's Ready condition changed. */
  record NodeReadyChanged(NodeKey node, Zone zone, String from, String to)
      implements Announcement {}

  /** A node's taints were written. */
  record NodeTaintsWritten(NodeKey node, List<Taint> added, List<Taint> removed)
      implements Announcement {}

  /** A node was let out of its zone's queue: it is given up. */
  record NodeReleased(NodeKey node, Zone zone) implements Announcement {}

  /** A node was let out by the process that acted before this one, and has lost its pods. */
  record NodeEmptied(NodeKey node) implements Announcement {}

  /**
   * A silent node's conditions were written, for the first time since it is silent.
   *
   * @param sinceGraceEnd how long after the end of its grace period
   */
  record NodeStatusWritten(NodeKey node, Zone zone, Duration sinceGraceEnd)
      implements Announcement {}

  /** A zone's last node is gone. */
  record ZoneForgotten(Zone zone) implements Announcement {}

  /** A zone's state or rate changed. */
  record ZoneChanged(ZoneChange change) implements Announcement {}

  /** Every zone looks dead, so nothing is tainted or evicted; or that is over. */
  record ClusterStopChanged(boolean isStopped) implements Announcement {}

  /** Nothing is concluded from silence for a while: this process could not hear. */
  record Blinded(String why, long patienceSeconds) implements Announcement {}

  /**
   * A pod was deleted.
   *
   * @param isByTaints because of its node's taints; else its node had been failed for too long
   * @param sinceDue how long after the moment at which it was to go
   */
  record PodDeleted(PodKey pod, String nodeName, boolean isByTaints, Duration sinceDue)
      implements Announcement {}

  /** A write failed and will be tried again, in seconds. */
  record WriteFailed(Write write, String reason, long retrySeconds) implements Announcement {}

  /** A write has been failing for a minute; said once until it succeeds. */
  record WriteKeepsFailing(Write write, String reason) implements Announcement {}

  /** Someone makes a pod ready again and again although its node is unknown. */
  record PodReadyContested(PodKey pod, String nodeName) implements Announcement {}

  /** Another controller writes the same conditions and taints of nodes; said once a minute. */
  record ForeignWriteSeen(ForeignFinding finding) implements Announcement {}

  /** What live reads brought to light, or that they fail. */
  sealed interface LiveAnnouncement extends Announcement {}

  /**
   * The watch of leases is known to lack renewals that a live read showed: until it has caught up
   * no node is declared silent.
   */
  record LeaseWatchBehind(long seconds) implements LiveAnnouncement {}

  /** It has been behind for a whole grace period, although it was opened anew: said once. */
  record LeaseWatchStuck(long seconds) implements LiveAnnouncement {}

  /** The watch of leases has delivered what it lacked, after so many seconds. */
  record LeaseWatchCaughtUp(long seconds) implements LiveAnnouncement {}

  /** A live read failed and will be tried again, in seconds: until then nothing is done. */
  record LiveReadFailed(Read read, String reason, long retrySeconds) implements LiveAnnouncement {}

  /** A live read works again that had failed. */
  record LiveReadRecovered(Read read) implements LiveAnnouncement {}

  /** A pod was about to be deleted, and what its node really carries says otherwise. */
  record EvictionAverted(PodKey pod, String nodeName) implements LiveAnnouncement {}
}
