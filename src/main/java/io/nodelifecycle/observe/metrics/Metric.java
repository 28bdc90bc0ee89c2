package io.nodelifecycle.observe.metrics;

import java.util.List;

/** The catalogue of metrics, those of the process and the JVM left out. */
enum Metric {
  ZONE_HEALTH(
      "node_collector_zone_health",
      Kind.GAUGE,
      "percent",
      "Share of the zone's counted nodes that are ready. 100 for a zone without counted nodes.",
      "zone"),
  ZONE_SIZE(
      "node_collector_zone_size",
      Kind.GAUGE,
      "nodes",
      "Nodes of the zone, without those that are excluded from disruption.",
      "zone"),
  UNHEALTHY_NODES(
      "node_collector_unhealthy_nodes_in_zone",
      Kind.GAUGE,
      "nodes",
      "Nodes of the zone that are not ready.",
      "zone"),
  EVICTIONS(
      "node_collector_evictions_total",
      Kind.COUNTER,
      "nodes",
      "Nodes that were let out of their zone's queue, to be tainted or emptied.",
      "zone"),
  NODE_HEALTH_DURATION(
      "node_collector_update_node_health_duration_seconds",
      Kind.HISTOGRAM,
      "seconds",
      "Time to judge one node: the mean of those that were judged together."),
  ALL_NODES_HEALTH_DURATION(
      "node_collector_update_all_nodes_health_duration_seconds",
      Kind.HISTOGRAM,
      "seconds",
      "Time to judge all nodes that were heard of or are due, their zones and pods included."),
  POD_DELETIONS(
      "taint_eviction_controller_pod_deletions_total",
      Kind.COUNTER,
      "pods",
      "Pods deleted because of their node's taints."),
  POD_DELETION_DURATION(
      "taint_eviction_controller_pod_deletion_duration_seconds",
      Kind.HISTOGRAM,
      "seconds",
      "From when a pod was to go until its deletion was accepted."),
  QUEUE_ADDS("workqueue_adds_total", Kind.COUNTER, "items", "What was put into the queue.", "name"),
  QUEUE_DEPTH("workqueue_depth", Kind.GAUGE, "items", "What waits in the queue.", "name"),
  QUEUE_DURATION(
      "workqueue_queue_duration_seconds",
      Kind.HISTOGRAM,
      "seconds",
      "How long it waited in the queue.",
      "name"),
  QUEUE_WORK_DURATION(
      "workqueue_work_duration_seconds",
      Kind.HISTOGRAM,
      "seconds",
      "How long it was worked on: a request until it was answered, observations for a whole step.",
      "name"),
  QUEUE_RETRIES(
      "workqueue_retries_total",
      Kind.COUNTER,
      "items",
      "What was put into the queue after it had failed.",
      "name"),
  QUEUE_UNFINISHED(
      "workqueue_unfinished_work_seconds",
      Kind.GAUGE,
      "seconds",
      "How long what is under way has been, all added up.",
      "name"),
  QUEUE_LONGEST(
      "workqueue_longest_running_processor_seconds",
      Kind.GAUGE,
      "seconds",
      "How long the oldest of what is under way has been.",
      "name"),
  REQUESTS(
      "rest_client_requests_total",
      Kind.COUNTER,
      "requests",
      "Requests to the API server; code `<error>` for those without an answer.",
      "code",
      "method",
      "host"),
  REQUEST_DURATION(
      "rest_client_request_duration_seconds",
      Kind.HISTOGRAM,
      "seconds",
      "From a request until the head of its answer, or until it was given up.",
      "verb",
      "host"),

  MASTER_STATUS(
      "leader_election_master_status",
      Kind.GAUGE,
      "0 or 1",
      "1 for the process that leads. Absent where there is no election.",
      "name"),

  NODES("node_lifecycle_nodes", Kind.GAUGE, "nodes", "Nodes that are known."),
  PODS("node_lifecycle_pods", Kind.GAUGE, "pods", "Bound pods that are known."),
  PENDING_EVICTIONS(
      "node_lifecycle_pending_evictions",
      Kind.GAUGE,
      "pods",
      "Pods that are to go, now or when their countdown ends."),
  NEXT_DEADLINE(
      "node_lifecycle_next_deadline_seconds",
      Kind.GAUGE,
      "seconds",
      "Until the next countdown of a pod ends. Absent if none runs."),
  ZONE_QUEUE_LENGTH(
      "node_lifecycle_zone_queue_length",
      Kind.GAUGE,
      "nodes",
      "Nodes that wait in the zone's queue to be tainted or emptied.",
      "zone"),
  ZONE_QUEUE_OLDEST(
      "node_lifecycle_zone_queue_oldest_seconds",
      Kind.GAUGE,
      "seconds",
      "How long the first of them has waited, 0 if none waits.",
      "zone"),
  ZONE_STATE(
      "node_lifecycle_zone_state",
      Kind.GAUGE,
      "0 or 1",
      "1 for the state that the zone is in.",
      "zone",
      "state"),
  CLUSTER_STOP(
      "node_lifecycle_cluster_stop",
      Kind.GAUGE,
      "0 or 1",
      "1 while every zone looks dead, so that nothing is tainted or evicted."),
  PATIENCE(
      "node_lifecycle_patience",
      Kind.GAUGE,
      "0 or 1",
      "1 while nothing is concluded from silence, because this process could not hear."),
  BLINDED(
      "node_lifecycle_blinded_total",
      Kind.COUNTER,
      "times",
      "How often that began because of a broken watch or a pause of the process."),
  STATUS_WRITE_DELAY(
      "node_lifecycle_status_write_delay_seconds",
      Kind.HISTOGRAM,
      "seconds",
      "From the end of a node's grace period until its conditions were written."),
  TIMEOUT_DELETIONS(
      "node_lifecycle_timeout_pod_deletions_total",
      Kind.COUNTER,
      "pods",
      "Pods deleted because their node had been failed for too long, in the mode without taints."),
  REQUESTS_SENT(
      "node_lifecycle_requests_sent_total",
      Kind.COUNTER,
      "requests",
      "Requests that were sent on the shared budget.",
      "priority"),
  REQUESTS_WAITING(
      "node_lifecycle_requests_waiting",
      Kind.GAUGE,
      "requests",
      "Requests that wait for their turn in the budget.",
      "priority"),
  REQUESTS_UNDER_WAY(
      "node_lifecycle_requests_under_way",
      Kind.GAUGE,
      "requests",
      "Requests that were sent and not answered yet.",
      "priority"),
  FAILED_WRITES(
      "node_lifecycle_failed_writes_total",
      Kind.COUNTER,
      "writes",
      "Writes that failed and will be tried again, lost races not counted.",
      "kind"),
  PERSISTENT_FAILURES(
      "node_lifecycle_persistent_write_failures_total",
      Kind.COUNTER,
      "writes",
      "Writes that had been failing for a minute; each counts once until it succeeds.",
      "kind"),
  POD_READY_CONTESTED(
      "node_lifecycle_pod_ready_contested_total",
      Kind.COUNTER,
      "times",
      "Something made a pod ready again although its node is unknown."),
  AVERTED_EVICTIONS(
      "node_lifecycle_averted_evictions_total",
      Kind.COUNTER,
      "pods",
      "Pods that were about to be deleted, which a live read of their node prevented."),
  FAILED_LIVE_READS(
      "node_lifecycle_failed_live_reads_total",
      Kind.COUNTER,
      "reads",
      "Live reads that failed; nothing rests on them until they are retried with success."),
  LEASE_WATCH_BEHIND(
      "node_lifecycle_lease_watch_behind_total",
      Kind.COUNTER,
      "times",
      "The watch of leases lacked renewals that a live read showed, for more than a second."),
  CACHE_AGE(
      "node_lifecycle_cache_age_seconds",
      Kind.GAUGE,
      "seconds",
      "Since something was last heard of the resource. Absent before its first list.",
      "resource"),
  FOREIGN_WRITES(
      "node_lifecycle_foreign_writes_total",
      Kind.COUNTER,
      "writes",
      "Writes to nodes that another node lifecycle controller must have sent, by what it wrote.",
      "kind"),
  FOREIGN_WRITE_AGE(
      "node_lifecycle_foreign_write_age_seconds",
      Kind.GAUGE,
      "seconds",
      "Since such a write was last seen. Absent if none was."),
  DRY_RUN(
      "node_lifecycle_dry_run",
      Kind.GAUGE,
      "boolean",
      "1 in a dry run: nothing is written, and what counts writes and evictions stands still."),
  DRY_RUN_WRITES(
      "node_lifecycle_dry_run_writes_total",
      Kind.COUNTER,
      "writes",
      "Writes that a dry run would have carried out, by what would have been written.",
      "kind"),
  DRY_RUN_EVICTIONS(
      "node_lifecycle_dry_run_evictions_total",
      Kind.COUNTER,
      "nodes",
      "Nodes that a dry run let out of their zone's queue, as if to be tainted or emptied; of zones"
          + " that have nodes.",
      "zone"),
  STATUS_AGE(
      "node_lifecycle_status_age_seconds",
      Kind.GAUGE,
      "seconds",
      "Since the control loop last said how it is doing, about once a second.");

  private final String title;
  private final Kind kind;
  private final String unit;
  private final String help;
  private final List<String> labels;

  Metric(String title, Kind kind, String unit, String help, String... labels) {
    this.title = title;
    this.kind = kind;
    this.unit = unit;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** What kind of numbers a metric has. */
  enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM
  }

  /** Its name as it is rendered. */
  String title() {
    return title;
  }

  Kind kind() {
    return kind;
  }

  /** What one of it is. */
  String unit() {
    return unit;
  }

  /** A sentence about what it means. */
  String help() {
    return help;
  }

  /** The names of its labels. */
  List<String> labels() {
    return labels;
  }

  /** Whether the controller of Kubernetes has it, by the same name and with the same labels. */
  boolean isOfReference() {
    return !title.startsWith("node_lifecycle_");
  }
}
