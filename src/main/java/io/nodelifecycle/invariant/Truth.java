package io.nodelifecycle.invariant;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeLabels;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the API server holds, and has held for as long as anybody may rely on it. */
final class Truth {
  private final Duration horizon;
  private final Lag lag;
  private final Map<String, TrueNode> nodes = new HashMap<>();
  private final Map<String, TruePod> pods = new HashMap<>();
  private final Map<String, String> uids = new HashMap<>();
  private final Map<PodKey, Instant> gonePods = new LinkedHashMap<>();
  private final Deque<Gone> gone = new ArrayDeque<>();
  private int ready;
  private int notReady;
  private Instant allDownSince = Instant.MAX;
  private Instant allDownUntil = Instant.MIN;

  Truth(Duration horizon, Lag lag) {
    this.horizon = horizon;
    this.lag = lag;
  }

  /**
   * A node as it was for a while.
   *
   * @param node null while there was none
   * @param from when it became so
   * @param heardAt when its status was last posted
   * @param unreadySince when it was last seen to be Ready; {@link Instant#MAX} if it is
   */
  record Version(
      @Nullable NodeSnapshot node,
      TaintTimes taints,
      Instant from,
      Instant heardAt,
      Instant unreadySince) {
    private static Version none(Instant from) {
      return new Version(null, TaintTimes.NONE, from, Instant.MIN, Instant.MAX);
    }

    boolean isReady() {
      return node != null && node.ready() == ConditionStatus.TRUE;
    }

    boolean isCounted() {
      return node != null && !node.labels().containsKey(NodeLabels.EXCLUDE_DISRUPTION);
    }
  }

  /** A lease as it was for a while; no version while there was none. */
  private record LeaseVersion(@Nullable String version, Instant from) {}

  /**
   * A pod.
   *
   * @param bound since when it is bound to its node
   * @param endingSince since when it is terminating, {@link Instant#MAX} if it is not
   * @param earlier what it tolerated before, the latest last
   */
  record TruePod(PodSnapshot pod, Instant bound, Instant endingSince, List<Earlier> earlier) {}

  /** What a pod tolerated until it was changed. */
  record Earlier(List<Toleration> tolerations, Instant until) {}

  private record Gone(String name, Instant at) {}

  private static final class TrueNode {
    final Deque<Version> versions = new ArrayDeque<>();
    final Deque<LeaseVersion> leases = new ArrayDeque<>();
  }

  void nodeIs(NodeSnapshot node, Instant now) {
    var known = known(node.name());
    var before = known.versions.peekLast();
    var old = before == null ? null : before.node;
    var isSame = old != null && old.uid().equals(node.uid());
    var times = isSame && before != null ? before.taints : TaintTimes.NONE;
    var isHeard = !isSame || !Objects.equals(heartbeat(old), heartbeat(node));
    var wasUnready = isSame && before != null && !before.isReady();
    var version =
        new Version(
            node,
            times.after(node.taints(), taint -> start(known, node, taint, now), now),
            now,
            isHeard || before == null ? now : before.heardAt,
            node.ready() == ConditionStatus.TRUE
                ? Instant.MAX
                : wasUnready && before != null ? before.unreadySince : now);
    add(known, version, now);
  }

  /** One that was gone for so short a time that it may never have been seen gone was there. */
  private Instant start(TrueNode known, NodeSnapshot node, Taint taint, Instant now) {
    var start = now;
    for (var version : during(known, lag.oldest(now), now)) {
      if (version.node != null && version.node.uid().equals(node.uid())) {
        start = Moments.earlier(start, version.taints.since(taint, _ -> now));
      }
    }
    return start;
  }

  private static @Nullable Instant heartbeat(@Nullable NodeSnapshot node) {
    return node == null
        ? null
        : node.condition(NodeCondition.READY).map(NodeCondition::lastHeartbeatTime).orElse(null);
  }

  void nodeGone(String name, Instant now) {
    var known = nodes.get(name);
    if (known != null) {
      add(known, Version.none(now), now);
      gone.add(new Gone(name, now));
    }
    forgetGone(now);
  }

  private void add(TrueNode known, Version version, Instant now) {
    count(known.versions.peekLast(), -1);
    known.versions.add(version);
    count(version, 1);
    var isAllDown = ready == 0 && notReady > 0;
    if (!isAllDown && !allDownSince.equals(Instant.MAX)) {
      allDownUntil = now;
    }
    allDownSince = !isAllDown ? Instant.MAX : Moments.earlier(allDownSince, now);
    forgetOld(known, now);
  }

  private void count(@Nullable Version version, int by) {
    if (version != null && version.isCounted()) {
      ready += version.isReady() ? by : 0;
      notReady += version.isReady() ? 0 : by;
    }
  }

  void leaseIs(String name, String version, Instant now) {
    var known = known(name);
    known.leases.add(new LeaseVersion(version, now));
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

  private Instant horizon(Instant now) {
    return Moments.earlier(Moments.minus(now, horizon), lag.oldest(now));
  }

  private void forgetOld(TrueNode known, Instant now) {
    var from = horizon(now);
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
    var from = horizon(now);
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
    var ending = before == null ? now : Moments.earlier(before.endingSince, now);
    pods.put(
        pod.key().uid(),
        new TruePod(
            pod,
            isThere && before != null ? before.bound : now,
            pod.isTerminating() ? ending : Instant.MAX,
            before == null ? List.of() : earlier(before, pod, now)));
    uids.put(pod.key().toString(), pod.key().uid());
  }

  private List<Earlier> earlier(TruePod before, PodSnapshot pod, Instant now) {
    if (before.pod.tolerations().equals(pod.tolerations())) {
      return before.earlier;
    }
    var from = horizon(now);
    var earlier = new ArrayList<>(before.earlier);
    earlier.removeIf(each -> each.until.isBefore(from));
    earlier.add(new Earlier(before.pod.tolerations(), now));
    return earlier;
  }

  void podGone(PodKey key, Instant now) {
    pods.remove(key.uid());
    uids.remove(key.toString(), key.uid());
    gonePods.put(key, now);
    var from = horizon(now);
    var oldest = gonePods.values().iterator();
    while (oldest.hasNext() && oldest.next().isBefore(from)) {
      oldest.remove();
    }
  }

  /** Whether there was this very pod at this moment or later. */
  boolean hadPod(PodKey key, Instant since) {
    var goneAt = gonePods.get(key);
    return pods.containsKey(key.uid()) || (goneAt != null && !goneAt.isBefore(since));
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
    return versions(key.name(), from, to).stream()
        .filter(version -> version.node != null && version.node.uid().equals(key.uid()))
        .toList();
  }

  /** What nodes of this name were between these two moments, the latest first. */
  List<Version> versions(String name, Instant from, Instant to) {
    var known = nodes.get(name);
    return known == null ? List.of() : during(known, from, to);
  }

  private static List<Version> during(TrueNode known, Instant from, Instant to) {
    var during = new ArrayList<Version>();
    var end = Instant.MAX;
    for (var each = known.versions.descendingIterator(); each.hasNext(); ) {
      var version = each.next();
      if (!version.from.isAfter(to) && !end.isBefore(from) && version.node != null) {
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

  /**
   * When the node had last posted its status or renewed its lease at a moment; {@link Instant#MIN}
   * if it is unknown. Of one that came later, when it came.
   */
  Instant heardBy(String name, Instant at) {
    var known = nodes.get(name);
    if (known == null) {
      return Instant.MIN;
    }
    var version = known.versions.peekFirst();
    var heard = version == null ? Instant.MIN : version.heardAt;
    for (var each : known.versions) {
      heard = each.from.isAfter(at) ? heard : Moments.later(heard, each.heardAt);
    }
    for (var lease : known.leases) {
      var isRenewal = lease.version != null && !lease.from.isAfter(at);
      heard = isRenewal ? Moments.later(heard, lease.from) : heard;
    }
    return heard;
  }

  /** Since when no node that counts is Ready; {@link Instant#MAX} if one is, or there is none. */
  Instant allDownSince() {
    return allDownSince;
  }

  /** When that was last over, {@link Instant#MIN} if it never was. */
  Instant allDownUntil() {
    return allDownUntil;
  }

  /** The names of all nodes. */
  Set<String> nodeNames() {
    return nodes.keySet();
  }
}
