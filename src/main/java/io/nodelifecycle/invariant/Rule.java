package io.nodelifecycle.invariant;

/** The rules, each with the words of the documented behaviour that it holds the program to. */
public enum Rule {
  /**
   * "If some taint is matched by no toleration: delete now. Otherwise, for each taint the first
   * matching toleration in the pod's order counts; the smallest tolerationSeconds among those
   * decides." So nothing is deleted that tolerates all NoExecute taints for ever.
   */
  UNTOLERATED_ONLY(
      "untolerated-only", "nothing is deleted that tolerates all NoExecute taints for ever"),
  /**
   * "Before any deletion, countdowns included, the node is read live (valid 1 s for all its pods)
   * and the decision made again on its live taints; 404 or another uid: nothing happens. The read
   * fails: not deleted." What counts is the true state when the read was answered.
   */
  LIVE_TAINTS(
      "live-taints", "a pod is deleted only if its node really carries a taint that asks for it"),
  /**
   * "The minimum over the node's NoExecute taints of start + seconds", start being when the process
   * saw the taint and the pod, for what was in the first list timeAdded + 1 s; swapped health
   * taints keep the earlier deadline.
   */
  DEADLINE("deadline", "no pod is deleted before its tolerationSeconds are over"),
  /**
   * "Ready False and now > transition + pod-eviction-timeout, or Unknown and now > probe +
   * pod-eviction-timeout: the node enters its zone's eviction queue." Pods go only after that.
   */
  EVICTION_TIMEOUT(
      "eviction-timeout", "without taints a node has to be failed for the pod eviction timeout"),
  /**
   * "Deletes carry the uid they were decided on. A pod already terminating is not deleted again.
   * Static (mirror) pods are never deleted"; without taints, no pod of a DaemonSet.
   */
  RIGHT_POD(
      "right-pod", "deletes carry the uid they were decided on; no mirror pod, nothing twice"),
  /**
   * "If now > probe + grace, the node is silent", probe being when a heartbeat was last seen to
   * change, and grace the startup grace while the node has no Ready condition.
   */
  SILENCE("silence", "a node is silent only after its grace period without a heartbeat"),
  /**
   * "Live equals the cache, or there is no lease: the verdict stands. Live newer: it is withdrawn,
   * and no verdict is given until the watch has passed that resourceVersion."
   */
  LIVE_LEASE("live-lease", "a live lease that is newer than the watch forbids the verdict"),
  /**
   * "For one grace period after blindness no node is declared silent and no pod is deleted for a
   * health taint", nor is anything concluded while a watch of nodes or leases is known to be
   * broken.
   */
  PATIENCE("patience", "for one grace period after blindness nothing is concluded from silence"),
  /**
   * "Ready, MemoryPressure, DiskPressure and PIDPressure become Unknown in one status write. The
   * write happens only if Ready really changes. Already Unknown: left alone."
   */
  UNKNOWN_CONDITIONS(
      "unknown-conditions", "four conditions become Unknown in one write, and no other"),
  /**
   * "It must not overwrite what a kubelet posted meanwhile": writes carry uid and resourceVersion
   * of the version that was judged, and are carried out on that version only.
   */
  JUDGED_VERSION("judged-version", "writes carry the uid and resourceVersion of what was judged"),
  /**
   * "The set of these taints (exactly these keys, effect NoSchedule) is made equal to what the
   * conditions say; all other taints are left alone."
   */
  NO_SCHEDULE_TAINTS(
      "no-schedule-taints", "NoSchedule taints are what conditions say, others are left alone"),
  /**
   * "Ready False: not-ready:NoExecute; Unknown: unreachable:NoExecute; True: neither. They exclude
   * each other": written after the node's turn in its zone's queue or as a swap, and never taken
   * off a node that is not Ready but because of the cluster-wide stop.
   */
  NO_EXECUTE_TAINTS(
      "no-execute-taints",
      "Ready False: not-ready:NoExecute; Unknown: unreachable:NoExecute; True: neither"),
  /**
   * "A rate is tokens per second, burst 1. When the rate changes while the old limiter had no
   * token, the new one starts empty. Rate 0 never lets anything out."
   */
  ZONE_RATE("zone-rate", "a zone lets nodes out at its rate, burst 1"),
  /**
   * "No Ready node and at least one not: FullDisruption; more than 2 not Ready and their share >=
   * unhealthy-zone-threshold: PartialDisruption; else Normal", and the rate that follows.
   */
  ZONE_STATE("zone-state", "zones are in the state that their nodes say"),
  /**
   * "All zones in FullDisruption: every rate becomes 0, all queues are emptied, the health taints
   * are taken off all nodes"; nothing is tainted or evicted because of node health, nor afterwards
   * for a taint that was there then and could not be taken off in time.
   */
  CLUSTER_STOP(
      "cluster-stop", "while all zones are down nothing is tainted or evicted for node health"),
  /**
   * "If counting nodes unheard for more than half their grace as not Ready would put all zones in
   * FullDisruption, the queues hold."
   */
  HALF_GRACE("half-grace", "queues hold while no zone may have a node that is heard"),
  /**
   * "A node is in the queue once; after it was tainted it does not re-enter until it was Ready
   * again, or the taint was removed by someone else while the node is still not Ready."
   */
  QUEUED_ONCE("queued-once", "a node is in the queue once"),
  /**
   * "While a node's Ready is Unknown every pod bound to it whose Ready condition is True gets
   * Ready=False." No other pod does.
   */
  POD_READINESS("pod-readiness", "only pods of Unknown nodes get Ready=False"),
  /**
   * "If something sets it to True again while the node is Unknown, it is repeated only after one
   * grace period, then after twice that, up to 5 min."
   */
  CONTESTED_READINESS(
      "contested-readiness", "what others set to Ready again is marked again after a grace period"),
  /** "If kubernetes.io/os (arch) exists, beta.kubernetes.io/os (arch) is made equal to it." */
  LABELS("labels", "beta labels of os and arch are copies"),
  /** A controller that is switched off writes nothing. */
  SWITCHED_OFF("switched-off", "a controller that is switched off writes nothing"),
  /** Only the leader sends anything, and only it uses up the rates of the zones. */
  LEADERSHIP("leadership", "only the leader sends anything, or lets a node out of a queue"),
  /** At most one write to an object is under way. */
  ONE_WRITE("one-write-per-object", "at most one write to an object is under way"),
  /** "All API writes share one budget (qps/burst)": burst + qps x window, in any window. */
  BUDGET("budget", "all requests share one budget: burst + qps x window"),
  /** "In this order", more urgent classes first, and "each class that waits gets at least 5 %". */
  PRIORITY("priority", "more urgent requests go first, and none waits for ever"),
  /** "Every failed write is retried with backoff, 1 s to 5 min", and not before Retry-After. */
  BACKOFF("backoff", "what failed is tried again after 1 s to 5 min"),
  /** Of live reads of all leases "at most one a second". */
  LEASE_LISTS("lease-lists", "all leases are read live once a second at most"),
  /** "A node that vanished leaves nothing behind": memory is for what exists. */
  MEMORY("memory", "memory is for what exists");

  private final String title;
  private final String sentence;

  Rule(String title, String sentence) {
    this.title = title;
    this.sentence = sentence;
  }

  /** The name in messages and documents. */
  public String title() {
    return title;
  }

  /** What must be, in short, for people who see it broken. */
  public String sentence() {
    return sentence;
  }
}
