package io.nodelifecycle.sandbox.workload;

import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.sandbox.cluster.ListQuery;
import io.nodelifecycle.sandbox.cluster.PageRequest;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.cluster.Watch;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import io.nodelifecycle.sandbox.story.ObjectReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Controllers and scheduler of all workloads of a cluster in one. What a workload wants is learnt
 * from its pods that others create: a pod of a ReplicaSet, a Job or an unknown owner is replaced as
 * soon as it is terminating or gone; one of a StatefulSet by one of the same name when it is gone;
 * one of a DaemonSet when it is gone and its node is ready. A DaemonSet that was on every node at
 * the beginning is also on those that join. Pods that nobody owns are lost.
 *
 * <p>For one thread, which calls {@link #advance} again and again. The same calls give the same
 * pods under the same names.
 */
public final class WorkloadKeeper implements AutoCloseable {
  private static final int EVENTS_AT_ONCE = 10_000;
  private static final int ROUNDS_MAX = 100;

  /** A generated name may be taken: then another one is. */
  private static final int NAMES_TRIED = 5;

  private final SandboxCluster cluster;
  private final PodScheduler scheduler = new PodScheduler();
  private final Map<String, SeenPod> pods = new HashMap<>();
  private final TreeMap<Workload, KeptWorkload> workloads = new TreeMap<>();
  private final TreeSet<Workload> changed = new TreeSet<>();
  private final List<KeptWorkload> daemons = new ArrayList<>();
  private final List<KeptWorkload> everywhere = new ArrayList<>();
  private Watch nodeWatch;
  private Watch podWatch;
  private boolean hasBegun;

  /** Follows a cluster: what is there at the first {@link #advance} is what is wanted. */
  public WorkloadKeeper(SandboxCluster cluster) {
    this.cluster = cluster;
    nodeWatch = follow(ResourceType.NODES);
    podWatch = follow(ResourceType.PODS);
  }

  private Watch follow(ResourceType type) {
    return cluster.watch(ListQuery.all(type), "", () -> {});
  }

  /**
   * When {@link #advance} next has something to do: {@link Instant#MIN} if something has changed
   * since, {@link Instant#MAX} if not.
   */
  public Instant nextDue() {
    boolean isDue =
        nodeWatch.isBehind() || podWatch.isBehind() || !changed.isEmpty() || scheduler.hasDue();
    return isDue ? Instant.MIN : Instant.MAX;
  }

  /** Takes note of what changed, replaces what is missing, and binds what waits. */
  public void advance(Instant wall) {
    observe(ResourceType.NODES);
    observe(ResourceType.PODS);
    if (!hasBegun) {
      hasBegun = true;
      findEverywhere();
    }
    for (var pod : scheduler.due()) {
      bind(pod, wall);
    }
    for (var workload : changed.toArray(Workload[]::new)) {
      var kept = workloads.get(workload);
      if (kept != null) {
        replace(kept, wall);
      }
    }
    changed.clear();
  }

  private void findEverywhere() {
    for (var kept : daemons) {
      if (kept.wantsAll(scheduler.nodes())) {
        everywhere.add(kept);
      }
    }
  }

  private void observe(ResourceType type) {
    try {
      var watch = watch(type);
      for (int round = 0; round < ROUNDS_MAX && watch.isBehind(); round++) {
        watch.poll(EVENTS_AT_ONCE).forEach(this::observe);
      }
    } catch (ApiFailure expired) {
      // Fell behind what is kept of the history: begins anew with what is there.
      watch(type).close();
      if (type == ResourceType.NODES) {
        nodeWatch = follow(type);
      } else {
        podWatch = follow(type);
      }
      forgetLost(type);
    }
  }

  private Watch watch(ResourceType type) {
    return type == ResourceType.NODES ? nodeWatch : podWatch;
  }

  private void forgetLost(ResourceType type) {
    var left = new HashSet<String>();
    cluster
        .list(ListQuery.all(type), PageRequest.ALL)
        .items()
        .forEach(each -> left.add(each.key()));
    if (type == ResourceType.NODES) {
      var gone = new TreeSet<String>(scheduler.nodes());
      gone.removeAll(left);
      gone.forEach(scheduler::remove);
    } else {
      var gone = new TreeMap<String, SeenPod>(pods);
      gone.keySet().removeAll(left);
      gone.values().forEach(this::forget);
    }
  }

  private void observe(WatchEvent event) {
    var object = event.object();
    boolean isGone = event.type() == WatchEvent.Type.DELETED;
    if (object.type() == ResourceType.NODES) {
      observeNode(object, isGone);
    } else if (isGone) {
      var known = pods.get(object.key());
      if (known != null && known.uid().equals(object.uid())) {
        forget(known);
      }
    } else {
      observePod(object);
    }
  }

  private void observeNode(StoredObject node, boolean isGone) {
    if (isGone) {
      scheduler.remove(node.name());
      return;
    }
    boolean isNew = !scheduler.nodes().contains(node.name());
    if (scheduler.put(ObjectReader.node(node.tree()))) {
      if (isNew) {
        everywhere.forEach(kept -> kept.cover(node.name()));
      }
      for (var kept : daemons) {
        if (kept.wants(node.name())) {
          changed.add(kept.workload());
        }
      }
    }
  }

  private void observePod(StoredObject object) {
    var known = pods.get(object.key());
    if (known != null && known.uid().equals(object.uid())) {
      put(SeenPod.of(object, known.owner()));
      return;
    }
    if (known != null) {
      forget(known);
    }
    var tree = object.tree();
    var owner =
        workloads.computeIfAbsent(
            Workload.of(tree), workload -> newWorkload(workload, object, tolerations(tree)));
    var pod = SeenPod.of(object, owner);
    owner.learn(pod, object);
    put(pod);
    if (pod.isWaiting()) {
      scheduler.await(pod.ref(), tolerations(tree));
    }
  }

  private static List<Toleration> tolerations(ObjectNode pod) {
    return ObjectReader.pod(pod).tolerations();
  }

  private KeptWorkload newWorkload(
      Workload workload, StoredObject first, List<Toleration> tolerations) {
    var kept = new KeptWorkload(workload, first, tolerations);
    if (workload.replacement() == Workload.Replacement.ON_SAME_NODE) {
      daemons.add(kept);
    }
    return kept;
  }

  private void put(SeenPod pod) {
    var before = pods.put(pod.ref().key(), pod);
    if (before != null && before.equals(pod)) {
      return;
    }
    pod.owner().put(pod);
    place(before == null ? "" : placeOf(before), placeOf(pod));
    changed.add(pod.owner().workload());
  }

  private void forget(SeenPod pod) {
    pods.remove(pod.ref().key());
    pod.owner().remove(pod.ref().key());
    place(placeOf(pod), "");
    changed.add(pod.owner().workload());
  }

  private static String placeOf(SeenPod pod) {
    return pod.isPlaced() ? pod.node() : "";
  }

  private void place(String before, String after) {
    if (before.equals(after)) {
      return;
    }
    if (!before.isEmpty()) {
      scheduler.count(before, -1);
    }
    if (!after.isEmpty()) {
      scheduler.count(after, 1);
    }
  }

  private void replace(KeptWorkload kept, Instant wall) {
    var template = kept.template();
    for (int missing = kept.missing(); missing > 0; missing--) {
      var node = scheduler.find(template.tolerations()).orElse("");
      create(kept, template.another(node), wall);
    }
    for (var lost : kept.missingNames()) {
      var node = scheduler.find(lost.tolerations()).orElse("");
      create(kept, lost.namedAlike(node), wall);
    }
    for (var node : kept.missingNodes()) {
      if (scheduler.takesDaemon(node, template.tolerations())) {
        create(kept, template.another(node), wall);
      }
    }
  }

  private void create(KeptWorkload kept, ObjectNode body, Instant wall) {
    var pod = tryCreate(kept, body, wall);
    for (int attempt = 1; attempt < NAMES_TRIED && pod.isEmpty(); attempt++) {
      pod = tryCreate(kept, body, wall);
    }
    pod.ifPresent(this::put);
    pod.filter(SeenPod::isWaiting)
        .ifPresent(waiting -> scheduler.await(waiting.ref(), kept.template().tolerations()));
  }

  /** Empty if the name that it was given is taken, or its namespace is gone. */
  private Optional<SeenPod> tryCreate(KeptWorkload kept, ObjectNode body, Instant wall) {
    try {
      var namespace = kept.workload().namespace();
      return Optional.of(
          SeenPod.of(cluster.create(ResourceType.PODS, namespace, body, wall), kept));
    } catch (ApiFailure refused) {
      if (refused.code() >= 500) {
        throw refused;
      }
      return Optional.empty();
    }
  }

  private void bind(ObjectRef ref, Instant wall) {
    var pod = pods.get(ref.key());
    var object = cluster.find(ref).filter(each -> each.nodeName().isEmpty());
    if (pod == null || !pod.isWaiting() || object.isEmpty()) {
      return;
    }
    var tolerations = tolerations(object.get().tree());
    var node = scheduler.find(tolerations);
    if (node.isPresent()) {
      put(SeenPod.of(cluster.bind(ref, node.get(), wall), pod.owner()));
    } else {
      scheduler.await(ref, tolerations);
    }
  }

  /** What a pod that is there belongs to; empty if it is not there or was not observed yet. */
  public Optional<Workload> workloadOf(String namespace, String pod) {
    return Optional.ofNullable(pods.get(namespace + "/" + pod))
        .map(seen -> seen.owner().workload());
  }

  /** Every workload that was ever seen, in order. */
  public SortedSet<Workload> workloads() {
    return Collections.unmodifiableSortedSet(workloads.navigableKeySet());
  }

  /**
   * How many pods of a workload are ready on machines that run.
   *
   * @param isAlive whether the machine of a node runs
   */
  public int readyPods(Workload workload, Predicate<String> isAlive) {
    var kept = workloads.get(workload);
    int ready = 0;
    if (kept != null) {
      for (var pod : kept.pods()) {
        ready += pod.isReady() && !pod.isOver() && isAlive.test(pod.node()) ? 1 : 0;
      }
    }
    return ready;
  }

  @Override
  public void close() {
    nodeWatch.close();
    podWatch.close();
  }
}
