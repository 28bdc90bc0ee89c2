package io.nodelifecycle.invariant;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.LiveChecks;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.core.model.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One process, told to the rules fact by fact, and which of them it broke. */
final class FactFeed {
  static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  static final Zone ZONE = new Zone("", "z");

  private static final String PROCESS = "p";

  final Invariants invariants;
  final List<Violation> violations = new ArrayList<>();
  private Instant now = START;
  private int version = 100;

  FactFeed(CorePolicy policy, double requestsPerSecond, int burst) {
    invariants = new Invariants(policy, Slack.none(), violations::add);
    invariants.started(new Invariants.ControllerProcess(PROCESS, policy, requestsPerSecond, burst));
    invariants.leads(PROCESS, Instant.MAX);
  }

  /** The default settings without live checks, and no budget. */
  FactFeed() {
    this(policy(LiveChecks.none(), Optional.empty()), Double.POSITIVE_INFINITY, 1);
  }

  static CorePolicy policy(LiveChecks live, Optional<Duration> timeout) {
    var defaults = CorePolicy.defaults();
    return new CorePolicy(
        defaults.health(),
        defaults.disruption(),
        defaults.eviction(),
        true,
        true,
        true,
        timeout,
        live);
  }

  /** The rules that were broken, each as often as it was. */
  List<Rule> broken() {
    return violations.stream().map(Violation::rule).toList();
  }

  Instant now() {
    return now;
  }

  FactFeed at(double seconds) {
    now = START.plusMillis(Math.round(seconds * 1000));
    return this;
  }

  FactFeed atNanosAfter(double seconds, int nanos) {
    at(seconds);
    now = now.plusNanos(nanos);
    return this;
  }

  /** Everything is listed: these nodes, and that is all there is. */
  FactFeed synced(NodeSnapshot... nodes) {
    for (var resource : Resource.values()) {
      if (resource != Resource.NODES) {
        observed(new Observation.ListBegin(resource));
        observed(new Observation.ListEnd(resource));
      }
    }
    return listed(nodes).judged();
  }

  /** These are all nodes. */
  FactFeed listed(NodeSnapshot... nodes) {
    observed(new Observation.ListBegin(Resource.NODES));
    for (var node : nodes) {
      invariants.nodeIs(node, now);
      observed(new Observation.NodeSeen(node, true, now));
    }
    return observed(new Observation.ListEnd(Resource.NODES));
  }

  FactFeed observed(Observation observation) {
    invariants.observed(PROCESS, observation, now);
    return this;
  }

  /** In truth, and seen at once. */
  FactFeed node(NodeSnapshot node) {
    invariants.nodeIs(node, now);
    return observed(new Observation.NodeSeen(node, false, now));
  }

  /** In truth, and seen at once. */
  FactFeed pod(PodSnapshot pod) {
    invariants.podIs(pod, now);
    return observed(new Observation.PodSeen(pod, false, now));
  }

  FactFeed lease(String node, String leaseVersion) {
    return observed(new Observation.LeaseSeen(node, leaseVersion));
  }

  FactFeed judged() {
    invariants.judged(PROCESS, now);
    return this;
  }

  FactFeed announced(Action action) {
    invariants.announced(PROCESS, action, now);
    return this;
  }

  FactFeed silent(String node) {
    return judged().announced(new Action.NodeSilent(key(node), ZONE, 51));
  }

  FactFeed released(String node) {
    return judged().announced(new Action.NodeReleased(key(node), ZONE));
  }

  FactFeed sent(Request request) {
    invariants.sent(PROCESS, request, now);
    return this;
  }

  FactFeed applied(Request request) {
    invariants.applied(PROCESS, request, now);
    return this;
  }

  FactFeed ended(Action.Write write, Outcome outcome) {
    return observed(new Observation.WriteEnded(write, outcome));
  }

  FactFeed waits(Action.Priority priority, int count) {
    invariants.waits(PROCESS, priority, count);
    return this;
  }

  FactFeed underWay(int count) {
    invariants.underWay(PROCESS, count);
    return this;
  }

  static NodeKey key(String name) {
    return new NodeKey(name, "uid-" + name);
  }

  /** A node of the zone with a new version. */
  NodeSnapshot nodeOf(String name, ConditionStatus ready, String... taints) {
    var list = new ArrayList<Taint>();
    for (var taint : taints) {
      var parts = taint.split(":");
      list.add(new Taint("node.kubernetes.io/" + parts[0], "", parts[1], null));
    }
    version++;
    return new NodeSnapshot(
        name,
        "uid-" + name,
        Integer.toString(version),
        START,
        Map.of("topology.kubernetes.io/zone", "z"),
        list,
        false,
        ready == ConditionStatus.ABSENT
            ? List.of()
            : List.of(new NodeCondition("Ready", ready, now, now)));
  }

  /** The same with another uid. */
  static NodeSnapshot createdAnew(NodeSnapshot node) {
    return new NodeSnapshot(
        node.name(),
        node.uid() + "-2",
        node.resourceVersion(),
        node.creationTimestamp(),
        node.labels(),
        node.taints(),
        node.isUnschedulable(),
        node.conditions());
  }

  PodSnapshot podOn(String node, Toleration... tolerations) {
    version++;
    return new PodSnapshot(
        new PodKey("default", "pod", "uid-pod"),
        Integer.toString(version),
        node,
        List.of(tolerations),
        ConditionStatus.TRUE,
        false,
        false,
        null,
        false,
        false,
        Map.of());
  }

  static Action.DeletePod deletion(PodSnapshot pod) {
    return new Action.DeletePod(pod.key(), pod.nodeName(), true, 0);
  }
}
