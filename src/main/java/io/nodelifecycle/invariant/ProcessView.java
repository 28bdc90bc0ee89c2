package io.nodelifecycle.invariant;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.DaemonSetSnapshot;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.ResourceVersion;
import io.nodelifecycle.core.model.Taint;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one process could know, rebuilt from everything that was delivered to it. */
final class ProcessView {
  final CorePolicy policy;
  final Hearing hearing;
  final ZoneLedger zones;
  private final Map<String, SeenNode> nodes = new LinkedHashMap<>();
  private final Map<String, SeenPod> pods = new HashMap<>();
  private final Map<String, Listed<String>> leases = new HashMap<>();
  private final Map<String, Listed<DaemonSetSnapshot>> daemonSets = new HashMap<>();

  /** Nodes in the order in which they were last heard. */
  private final SequencedSet<SeenNode> heard = new LinkedHashSet<>();

  /** Nodes of which something was seen since the last judgement. */
  private final Set<SeenNode> touched = new LinkedHashSet<>();

  /** Nodes that were judged since the zones were last evaluated. */
  private final Set<SeenNode> judged = new LinkedHashSet<>();

  /** Nodes that are gone since the last judgement, which still counted them. */
  private final Set<SeenNode> gone = new LinkedHashSet<>();

  private final Set<Resource> missing;
  private final Map<Resource, Integer> generations = new EnumMap<>(Resource.class);

  ProcessView(CorePolicy policy) {
    this.policy = policy;
    this.missing = EnumSet.copyOf(policy.resources());
    this.hearing = new Hearing(policy.health());
    this.zones = new ZoneLedger(policy.disruption());
  }

  private record Listed<T>(T value, int generation) {}

  void observed(Observation observation, Instant now) {
    switch (observation) {
      case Observation.ListBegin(var resource) -> generations.merge(resource, 1, Integer::sum);
      case Observation.ListEnd(var resource) -> listed(resource, now);
      case Observation.NodeSeen(var node, var isListed, var wallClock) ->
          nodeSeen(node, isListed, wallClock, now);
      case Observation.NodeGone(var name, var uid) -> {
        var seen = nodes.get(name);
        if (seen != null && seen.key.uid().equals(uid)) {
          forget(seen);
        }
      }
      case Observation.PodSeen(var pod, var isListed, var wallClock) ->
          podSeen(pod, isListed, wallClock, now);
      case Observation.PodGone(var key) -> pods.remove(key.uid());
      case Observation.LeaseSeen(var name, var version) -> leaseSeen(name, version, now);
      case Observation.LeaseGone(var name) -> leaseGone(name);
      case Observation.DaemonSetSeen(var set) ->
          daemonSets.put(set.uid(), new Listed<>(set, generation(Resource.DAEMON_SETS)));
      case Observation.DaemonSetGone(var uid) -> daemonSets.remove(uid);
      case Observation.WatchBroken(var resource) -> hearing.broke(resource);
      case Observation.WatchRestored(var resource, var gap) -> hearing.restored(resource, gap, now);
      case Observation.Paused(var gap) -> hearing.paused(gap, now);
      case Observation.WriteEnded(var write, var outcome) -> ended(write, outcome, now);
      case Observation.ReadEnded(var read, var outcome) -> ended(read, outcome, now);
    }
  }

  private int generation(Resource resource) {
    return generations.getOrDefault(resource, 0);
  }

  private void listed(Resource resource, Instant now) {
    var current = generation(resource);
    switch (resource) {
      case NODES ->
          nodes.values().stream()
              .filter(seen -> seen.generation != current)
              .toList()
              .forEach(this::forget);
      case PODS -> pods.values().removeIf(seen -> seen.generation != current);
      case LEASES ->
          leases.entrySet().stream()
              .filter(lease -> lease.getValue().generation != current)
              .map(Map.Entry::getKey)
              .toList()
              .forEach(this::leaseGone);
      case DAEMON_SETS -> daemonSets.values().removeIf(set -> set.generation != current);
    }
    if (missing.remove(resource) && missing.isEmpty()) {
      hearing.synced(now);
    }
  }

  private void nodeSeen(NodeSnapshot node, boolean isListed, Instant wallClock, Instant now) {
    var seen = nodes.get(node.name());
    if (seen != null && !seen.key.uid().equals(node.uid())) {
      forget(seen);
      seen = null;
    }
    Function<Taint, Instant> start =
        missing.contains(Resource.NODES) ? taint -> stamped(taint, wallClock, now) : _ -> now;
    if (seen == null) {
      seen = new SeenNode(node, wallClock, now);
      nodes.put(node.name(), seen);
      heard.add(seen);
      var lease = leases.get(node.name());
      if (lease != null) {
        seen.leaseSeen(lease.value, now);
      }
      accept(seen, node, start, now);
    } else if (isListed || !isOlder(node.resourceVersion(), seen.node.resourceVersion())) {
      accept(seen, node, start, now);
    }
    seen.generation = generation(Resource.NODES);
  }

  /** What a taint of the first list says about its age; its time has whole seconds. */
  private static Instant stamped(Taint taint, Instant wallClock, Instant now) {
    var added = taint.timeAdded();
    return added == null ? now : Moments.ofWallClock(Moments.plusSeconds(added, 1), wallClock, now);
  }

  private void accept(
      SeenNode seen, NodeSnapshot node, Function<Taint, Instant> start, Instant now) {
    keepTimeout(seen, now);
    if (seen.seen(node, start, now)) {
      heard(seen);
    }
    touched.add(seen);
  }

  /** It stays in the queue until it is Ready, whatever else becomes of it. */
  private void keepTimeout(SeenNode seen, Instant now) {
    if (isTimedOut(seen, now)) {
      seen.timedOutIn = zones.stretch();
    }
  }

  /** Whether a node has been failed for the eviction timeout, where there is one. */
  boolean isTimedOut(SeenNode seen, Instant now) {
    var timeout = policy.podEvictionTimeout();
    if (timeout.isEmpty() || !seen.isUnready()) {
      return false;
    }
    var since =
        seen.node.ready() == ConditionStatus.FALSE
            ? seen.transition(zones.restartedAt())
            : seen.probe(zones.restartedAt());
    return seen.timedOutIn == zones.stretch() || now.isAfter(Moments.plus(since, timeout.get()));
  }

  private void heard(SeenNode seen) {
    heard.addLast(seen);
  }

  private void forget(SeenNode seen) {
    nodes.remove(seen.key.name());
    heard.remove(seen);
    touched.remove(seen);
    judged.remove(seen);
    gone.add(seen);
  }

  private static boolean isOlder(String version, String other) {
    return ResourceVersion.isOlder(version, other);
  }

  private void podSeen(PodSnapshot pod, boolean isListed, Instant wallClock, Instant now) {
    var seen = pods.get(pod.key().uid());
    if (seen == null) {
      var bound = pod.boundAt();
      var isFirst = missing.contains(Resource.PODS);
      seen =
          new SeenPod(
              pod, isFirst && bound != null ? Moments.ofWallClock(bound, wallClock, now) : now);
      pods.put(pod.key().uid(), seen);
    } else if (isListed || !isOlder(pod.resourceVersion(), seen.pod.resourceVersion())) {
      accept(seen, pod, now);
    }
    seen.generation = generation(Resource.PODS);
  }

  private static void accept(SeenPod seen, PodSnapshot pod, Instant now) {
    if (!seen.pod.nodeName().equals(pod.nodeName())) {
      seen.bound = now;
    }
    seen.pod = pod;
  }

  private void leaseSeen(String name, String version, Instant now) {
    leases.put(name, new Listed<>(version, generation(Resource.LEASES)));
    var seen = nodes.get(name);
    if (seen == null) {
      return;
    }
    keepTimeout(seen, now);
    if (seen.leaseSeen(version, now)) {
      heard(seen);
    }
  }

  private void leaseGone(String name) {
    leases.remove(name);
    var seen = nodes.get(name);
    if (seen != null) {
      seen.leaseGone();
    }
  }

  private void ended(Action.Write write, Outcome outcome, Instant now) {
    if (outcome instanceof Outcome.Succeeded(var node, _, _) && node != null) {
      answered(node, now);
    }
    if (write instanceof Action.NodeWrite toNode) {
      ended(node(toNode.node()));
    }
    var key = Subjects.pod(write);
    var seen = key == null ? null : pods.get(key.uid());
    if (seen == null) {
      return;
    }
    switch (outcome) {
      case Outcome.Succeeded(_, var pod, _) -> {
        if (pod != null
            && pod.key().equals(seen.pod.key())
            && !isOlder(pod.resourceVersion(), seen.pod.resourceVersion())) {
          accept(seen, pod, now);
        }
        seen.isEnding |= write instanceof Action.DeletePod;
      }
      case Outcome.NotFound() -> seen.isEnding = true;
      case Outcome.Conflict() -> {}
      case Outcome.Failed _ -> {}
    }
  }

  private void ended(@Nullable SeenNode seen) {
    if (seen != null) {
      seen.isUnderWay = false;
      touched.add(seen);
    }
  }

  private void answered(NodeSnapshot node, Instant now) {
    var seen = nodes.get(node.name());
    if (seen != null
        && seen.key.uid().equals(node.uid())
        && !isOlder(node.resourceVersion(), seen.node.resourceVersion())) {
      accept(seen, node, _ -> now, now);
    }
  }

  private void ended(Action.Read read, ReadOutcome outcome, Instant now) {
    if (read instanceof Action.ReadNode(var key)
        && outcome instanceof ReadOutcome.Node(var node)
        && node != null
        && node.key().equals(key)) {
      answered(node, now);
    }
  }

  boolean isSynced() {
    return missing.isEmpty();
  }

  /** The process looks at everything that it was shown. */
  void judged(Instant now) {
    if (!isSynced() || !policy.hasNodeLifecycle()) {
      return;
    }
    gone.forEach(zones::remove);
    gone.clear();
    for (var seen : touched) {
      if (!seen.isUnready() || (policy.isByTaints() && seen.taints.hasHealth())) {
        seen.releasedIn = -1;
      }
      if (!seen.isUnready()) {
        seen.timedOutIn = -1;
      }
      zones.place(seen, now);
    }
    judged.addAll(touched);
    touched.clear();
    zones.judged(now);
  }

  /** Draws the conclusions from the last judgement, once. */
  void evaluate() {
    var stretch = zones.stretch();
    zones.evaluate();
    var isTurned = zones.stretch() != stretch;
    (isTurned ? nodes.values() : judged).forEach(seen -> seen.shed(zones, isTurned));
    judged.clear();
  }

  /** A write to a node is sent. */
  void sent(Action.NodeWrite write) {
    var seen = node(write.node());
    if (seen != null) {
      seen.isUnderWay = true;
    }
  }

  /** The node with this key, null if the process knows none. */
  @Nullable SeenNode node(NodeKey key) {
    var seen = nodes.get(key.name());
    return seen != null && seen.key.equals(key) ? seen : null;
  }

  @Nullable SeenNode node(String name) {
    return nodes.get(name);
  }

  @Nullable SeenPod pod(PodKey key) {
    return pods.get(key.uid());
  }

  /** Nodes, those heard last first. */
  SequencedSet<SeenNode> heardLastFirst() {
    return heard.reversed();
  }

  boolean isOfDaemonSet(PodSnapshot pod) {
    return pod.isOfDaemonSet()
        || daemonSets.values().stream()
            .map(Listed::value)
            .anyMatch(set ->
                set.namespace().equals(pod.key().namespace())
                    && set.selector().matches(pod.labels()));
  }

  /** Whether an eviction without taints finds no pod on the node. */
  boolean isEmptied(String nodeName) {
    return pods.values().stream()
        .filter(seen -> seen.pod.nodeName().equals(nodeName))
        .allMatch(seen ->
            seen.isEnding
                || seen.pod.isTerminating()
                || seen.pod.isMirror()
                || isOfDaemonSet(seen.pod));
  }

  int nodeCount() {
    return nodes.size();
  }

  int podCount() {
    return pods.size();
  }

  int leaseCount() {
    return leases.size();
  }

  int daemonSetCount() {
    return daemonSets.size();
  }
}
