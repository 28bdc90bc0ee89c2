package io.nodelifecycle.invariant;

import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the API server holds, and has held for as long as anybody may rely on it. */
final class Truth {
  private final Duration horizon;
  private final Map<String, TrueNode> nodes = new HashMap<>();
  private final Map<String, TruePod> pods = new HashMap<>();
  private final Map<String, String> uids = new HashMap<>();
  private final Deque<Gone> gone = new ArrayDeque<>();

  Truth(Duration horizon) {
    this.horizon = horizon;
  }

  /** A node as it was for a while; no node while there was none. */
  record Version(@Nullable NodeSnapshot node, TaintTimes taints, Instant from) {}

  /** A lease as it was for a while; no version while there was none. */
  private record LeaseVersion(@Nullable String version, Instant from) {}

  /** A pod, and since when it is bound to its node. */
  record TruePod(PodSnapshot pod, Instant bound) {}

  private record Gone(String name, Instant at) {}

  private static final class TrueNode {
    final Deque<Version> versions = new ArrayDeque<>();
    final Deque<LeaseVersion> leases = new ArrayDeque<>();
    Instant heardAt = Instant.MIN;
  }

  void nodeIs(NodeSnapshot node, Instant now) {
    var known = known(node.name());
    var before = known.versions.peekLast();
    var old = before == null ? null : before.node;
    var isSame = old != null && old.uid().equals(node.uid());
    var times = isSame && before != null ? before.taints : TaintTimes.NONE;
    if (!isSame || !Objects.equals(heartbeat(old), heartbeat(node))) {
      known.heardAt = now;
    }
    known.versions.add(new Version(node, times.after(node.taints(), _ -> now, now), now));
    forgetOld(known, now);
  }

  private static @Nullable Instant heartbeat(@Nullable NodeSnapshot node) {
    return node == null
        ? null
        : node.condition(NodeCondition.READY).map(NodeCondition::lastHeartbeatTime).orElse(null);
  }

  void nodeGone(String name, Instant now) {
    var known = nodes.get(name);
    if (known != null) {
      known.versions.add(new Version(null, TaintTimes.NONE, now));
      gone.add(new Gone(name, now));
    }
    forgetGone(now);
  }

  void leaseIs(String name, String version, Instant now) {
    var known = known(name);
    known.leases.add(new LeaseVersion(version, now));
    known.heardAt = now;
    forgetOld(known, now);
  }

  void leaseGone(String name, Instant now) {
    var known = nodes.get(name);
    if (known != null) {
      known.leases.add(new LeaseVersion(null, now));
      gone.add(new Gone(name, now));
    }
    forgetGone(now);
  }

  private TrueNode known(String name) {
    return nodes.computeIfAbsent(name, _ -> new TrueNode());
  }

  private void forgetOld(TrueNode known, Instant now) {
    var from = Moments.minus(now, horizon);
    while (known.versions.size() > 1 && !second(known.versions).from.isAfter(from)) {
      known.versions.remove();
    }
    while (known.leases.size() > 1 && !second(known.leases).from.isAfter(from)) {
      known.leases.remove();
    }
  }

  private static <T> T second(Deque<T> deque) {
    var each = deque.iterator();
    each.next();
    return each.next();
  }

  private void forgetGone(Instant now) {
    var from = Moments.minus(now, horizon);
    while (!gone.isEmpty() && gone.peek().at.isBefore(from)) {
      var name = gone.remove().name;
      var known = nodes.get(name);
      if (known != null && isOver(known)) {
        nodes.remove(name);
      }
    }
  }

  private static boolean isOver(TrueNode known) {
    var version = known.versions.peekLast();
    var lease = known.leases.peekLast();
    return (version == null || version.node == null) && (lease == null || lease.version == null);
  }

  void podIs(PodSnapshot pod, Instant now) {
    var before = pods.get(pod.key().uid());
    var isThere = before != null && before.pod.nodeName().equals(pod.nodeName());
    pods.put(pod.key().uid(), new TruePod(pod, isThere && before != null ? before.bound : now));
    uids.put(pod.key().toString(), pod.key().uid());
  }

  void podGone(PodKey key) {
    pods.remove(key.uid());
    uids.remove(key.toString(), key.uid());
  }

  @Nullable TruePod pod(PodKey key) {
    return pods.get(key.uid());
  }

  /** The uid of the pod that has this pod's name now, null if none has. */
  @Nullable String uidOf(PodKey key) {
    return uids.get(key.toString());
  }

  /** The node of this name as it is now, null if there is none. */
  @Nullable NodeSnapshot node(String name) {
    var known = nodes.get(name);
    var version = known == null ? null : known.versions.peekLast();
    return version == null ? null : version.node;
  }

  /** The node as it was at any time between these two moments. */
  List<Version> versions(NodeKey key, Instant from, Instant to) {
    var known = nodes.get(key.name());
    if (known == null) {
      return List.of();
    }
    var during = new ArrayList<Version>();
    var end = Instant.MAX;
    for (var each = known.versions.descendingIterator(); each.hasNext(); ) {
      var version = each.next();
      var node = version.node;
      if (!version.from.isAfter(to)
          && !end.isBefore(from)
          && node != null
          && node.uid().equals(key.uid())) {
        during.add(version);
      }
      end = version.from;
    }
    return during;
  }

  /** The version of the node's lease at a moment, null if there was none or it is not known. */
  @Nullable String lease(String name, Instant at) {
    var known = nodes.get(name);
    if (known == null) {
      return null;
    }
    for (var each = known.leases.descendingIterator(); each.hasNext(); ) {
      var lease = each.next();
      if (!lease.from.isAfter(at)) {
        return lease.version;
      }
    }
    return null;
  }

  /** When the node last posted its status or renewed its lease, {@link Instant#MIN} if unknown. */
  Instant heardAt(String name) {
    var known = nodes.get(name);
    return known == null ? Instant.MIN : known.heardAt;
  }
}
