package io.nodelifecycle.simulate.check;

import java.util.List;
import java.util.stream.Stream;

/** The faults that must not go unnoticed. */
final class Mutations {
  private static final List<Mutation> HEALTH =
      List.of(
          new Mutation(
              "core/health/NodeHealth.java",
              "return now.isAfter(graceEnd(policy));",
              "return !now.isBefore(graceEnd(policy));",
              "A node is silent at the end of its grace period already."),
          new Mutation(
              "core/health/NodeHealth.java",
              "savedReady == null ? policy.startupGrace() : policy.monitorGrace()",
              "policy.monitorGrace()",
              "The startup grace period is ignored."),
          new Mutation(
              "core/health/NodeHealth.java",
              "    if (resourceVersion.equals(leaseVersion)) {",
              "    if (leaseVersion != null) {",
              "Renewals of a lease are no heartbeats."),
          new Mutation(
              "core/health/SilencePlanner.java",
              "          NodeCondition.PID_PRESSURE);",
              "          NodeCondition.PID_PRESSURE,\n          "
                  + "NodeCondition.NETWORK_UNAVAILABLE);",
              "NetworkUnavailable becomes Unknown as well."),
          new Mutation(
              "core/Patience.java",
              "  void started(Instant now) {\n    until = " + "now.plus(policy.monitorGrace());",
              "  void started(Instant now) {\n    until = now;",
              "There is no patience after a start."),
          new Mutation(
              "core/Patience.java",
              "gap.compareTo(policy.monitorPeriod().multipliedBy(2)) <= 0",
              "gap.isPositive()",
              "There is no patience after a pause."),
          new Mutation(
              "core/Patience.java",
              "return broken.isEmpty() && !now.isBefore(until);",
              "return !now.isBefore(until);",
              "Silence counts while a watch is broken."),
          new Mutation(
              "core/LeaseCheck.java",
              "          && !live.equals(cachedVersions.apply(name))",
              "          && live.isEmpty()",
              "What live leases say is ignored."));

  private static final List<Mutation> ZONES =
      List.of(
          new Mutation(
              "core/zone/ZoneCell.java",
              "  ZoneCell(double rate, Instant now) {\n    limiter = "
                  + "TokenBucket.full(rate, 1, now);",
              "  ZoneCell(double rate, Instant now) {\n    limiter = "
                  + "TokenBucket.full(rate, 2, now);",
              "A zone may let out two nodes at once."),
          new Mutation(
              "core/zone/ZoneCell.java",
              "limiter.hasToken(now) ? TokenBucket.full(rate, 1, now) : "
                  + "TokenBucket.empty(rate, 1, now)",
              "TokenBucket.full(rate, 1, now)",
              "A changed rate brings a token along."),
          new Mutation(
              "core/zone/Zones.java",
              "      List.copyOf(cell.queue.values()).forEach(this::dequeue);",
              "",
              "The cluster-wide stop leaves the queues as they are."),
          new Mutation(
              "core/zone/Zones.java",
              "isStopped = areAllDisrupted();",
              "isStopped = false;",
              "There is no cluster-wide stop."),
          new Mutation(
              "core/zone/DisruptionPolicy.java",
              "share >= unhealthyZoneThreshold",
              "share > unhealthyZoneThreshold",
              "A zone is partly disrupted above the threshold only."),
          new Mutation(
              "core/zone/DisruptionPolicy.java",
              "size > largeClusterSizeThreshold ? secondaryEvictionRate : 0",
              "size >= largeClusterSizeThreshold ? secondaryEvictionRate : 0",
              "A zone of just the threshold counts as large."),
          new Mutation(
              "core/zone/DisruptionPolicy.java",
              "? secondaryEvictionRate : 0",
              "? secondaryEvictionRate : secondaryEvictionRate",
              "Small zones have the secondary rate, too."),
          new Mutation(
              "core/EvictionTurns.java",
              "if (!isSomeZoneSafe(now) || (timeouts",
              "if ((timeouts",
              "Queues do not hold while heartbeats end."),
          new Mutation(
              "core/EvictionTurns.java",
              "if (!isLeading || !zones.hasQueued() ||",
              "if (!zones.hasQueued() ||",
              "A standby lets nodes out of the queues."),
          new Mutation(
              "core/EvictionTurns.java",
              "        } else if (!entry.isReleased) {\n          zones.enqueue(entry, " + "now);",
              "        } else {\n          zones.enqueue(entry, now);",
              "A node that was let out enters the queue again."),
          new Mutation(
              "core/NodeLifecycle.java",
              "!entry.node.labels().containsKey(NodeLabels.EXCLUDE_DISRUPTION);\n    "
                  + "var isReady",
              "true;\n    var isReady",
              "The label that excludes a node is ignored."),
          new Mutation(
              "core/EvictionTurns.java",
              "          entry.isReleased = false;\n          zones.dequeue(entry);\n  "
                  + "      } else if",
              "          zones.dequeue(entry);\n        } else if",
              "A node whose taint someone removed is tainted without its turn."),
          new Mutation(
              "core/NodeLifecycle.java",
              "    nodes.remove(entry.key.name());",
              "",
              "Nodes that are gone are remembered."),
          new Mutation(
              "core/NodeLifecycle.java",
              "        entry.health.restart(now);",
              "        entry.health.leaseGone();",
              "After the cluster-wide stop nodes have no fresh start."),
          new Mutation(
              "core/NodeWrites.java",
              "var isTainted = entry.isReleased || entry.taints.hasHealthEviction();",
              "var isTainted = entry.isReleased;",
              "Health taints are not swapped or adopted."),
          new Mutation(
              "core/NodeWrites.java",
              "case FALSE -> isTainted ? EvictionTaint.NOT_READY : EvictionTaint.AS_IS;",
              "case FALSE -> entry.isReleased ? EvictionTaint.NOT_READY : "
                  + "EvictionTaint.NEITHER;",
              "A fresh leader takes the taint off a node that is not ready."),
          new Mutation(
              "core/taint/TaintPlanner.java",
              "var isKept = !isOwned(taint, eviction) || contains(wanted, taint);",
              "var isKept = contains(wanted, taint);",
              "Foreign taints are dropped."));

  private static final List<Mutation> PODS =
      List.of(
          new Mutation(
              "core/PodLifecycle.java",
              "if (isGuarded(kind) && node != null && !node.live.isValid(now)) {",
              "if (isGuarded(kind) && node == null) {",
              "Nodes are not read live before deletions."),
          new Mutation(
              "core/LiveReading.java",
              "Duration.ofSeconds(1)",
              "Duration.ofHours(1)",
              "A live read is good for an hour."),
          new Mutation(
              "core/eviction/TolerationMatcher.java",
              "case \"\", \"Equal\" -> toleration.value().equals(taint.value());",
              "case \"\", \"Equal\" -> true;",
              "Values of taints are not compared."),
          new Mutation(
              "core/eviction/DeadlinePlanner.java",
              "      earliest = min(earliest, later(sighting.appearedAt(), "
                  + "boundAt).plusSeconds(tolerated));",
              "      earliest = later(sighting.appearedAt(), " + "boundAt).plusSeconds(tolerated);",
              "The last taint decides instead of the smallest seconds."),
          new Mutation(
              "core/eviction/DeadlinePlanner.java",
              "seconds -> Math.clamp(seconds, 0, SECONDS_MAX)",
              "seconds -> seconds <= 0 ? SECONDS_MAX : Math.min(seconds, SECONDS_MAX)",
              "Zero seconds are taken for ever."),
          new Mutation(
              "core/eviction/TaintHistory.java",
              "timeAdded.plus(TIME_ADDED_PRECISION)",
              "timeAdded.minusSeconds(60)",
              "Taints found at the start are taken to be older than they are."),
          new Mutation(
              "core/PodEntry.java",
              "pod.isTerminating() || (work",
              "(work",
              "A pod that terminates is deleted again."),
          new Mutation(
              "core/TaintEviction.java",
              "entry.isEnding() || entry.pod.isMirror()",
              "entry.isEnding()",
              "Mirror pods are deleted."),
          new Mutation(
              "core/TaintEviction.java",
              "if (patience.isOver(now) && !isHeld && !isWell && !node.isShedding) {",
              "if (patience.isOver(now) && !isWell) {",
              "Health taints evict during the cluster-wide stop."),
          new Mutation(
              "core/TaintEviction.java",
              "if (patience.isOver(now) && !isHeld && !isWell && !node.isShedding) {",
              "if (patience.isOver(now) && !isHeld && !isWell) {",
              "Health taints that outlast the cluster-wide stop evict after it."),
          new Mutation(
              "core/PodReadiness.java",
              "        && node.node.ready() == ConditionStatus.UNKNOWN\n        && entry",
              "        && node.node.ready() != ConditionStatus.TRUE\n        && entry",
              "Pods of nodes that say that they are not ready are marked."),
          new Mutation(
              "core/PodReadiness.java",
              "now.plus(wait(work.readyMarks - 1))",
              "now",
              "Contested pods are marked again at once."),
          new Mutation(
              "core/PodLifecycle.java",
              "    pods.remove(entry);\n    dirty",
              "    dirty",
              "Pods that are gone are remembered."));

  private static final List<Mutation> REQUESTS =
      List.of(
          new Mutation(
              "core/WriteSlot.java",
              "retry.notBefore = now.plus(Backoff.after(retry.attempt, retryAfter));",
              "retry.notBefore = now;",
              "Failed writes are retried without a wait."),
          new Mutation(
              "core/schedule/Backoff.java",
              "doubled.compareTo(retryAfter) < 0 ? retryAfter : doubled",
              "doubled",
              "Retry-After is ignored."),
          new Mutation(
              "core/WriteSlot.java",
              "  boolean isUnderWay() {\n    return isUnderWay;",
              "  boolean isUnderWay() {\n    return false;",
              "A second write goes out while one is under way."),
          new Mutation(
              "runtime/PriorityLanes.java",
              "if (next == null || lane.passedOver > passedOver) {",
              "if (next == null || lane.passedOver >= 0) {",
              "The least urgent request goes first."),
          new Mutation(
              "runtime/PriorityLanes.java",
              "PASSED_OVER_MAX = 19",
              "PASSED_OVER_MAX = 1_000_000",
              "A class that waits has no share."));

  private static final List<Mutation> EXECUTION =
      List.of(
          new Mutation(
              "core/TaintEviction.java",
              "      work.timer = null;\n      if (!work.isDeleted",
              "      if (!work.isDeleted",
              "A countdown is not cancelled when its taint is gone."),
          new Mutation(
              "kubernetes/writer/WriteRequests.java",
              "          json.writeStringProperty(\"uid\", delete.pod().uid());\n",
              "",
              "Deletions do not say which uid they are for."),
          new Mutation(
              "kubernetes/writer/WriteRequests.java",
              "    json.writeStringProperty(\"resourceVersion\", resourceVersion);\n",
              "",
              "Writes do not say which version was judged."),
          new Mutation(
              "runtime/ActionExecutor.java",
              " && budget.hasToken(now) &&",
              " &&",
              "Requests are taken from their queues without a token."),
          new Mutation(
              "runtime/ActionExecutor.java",
              "          budget.borrow(now);\n",
              "",
              "The write that a live read lets through is not paid for."),
          new Mutation(
              "runtime/ActionExecutor.java",
              "hasToken(now) && leadership.isCertain(now)) {",
              "hasToken(now)) {",
              "Requests are sent without leadership."),
          new Mutation(
              "runtime/ActionExecutor.java",
              "while (parked.hasAnswered() && leadership.isCertain(now)) {",
              "while (parked.hasAnswered()) {",
              "Writes that waited for a live read are sent without leadership."));

  private Mutations() {}

  static List<Mutation> all() {
    return Stream.of(HEALTH, ZONES, PODS, REQUESTS, EXECUTION).flatMap(List::stream).toList();
  }
}
