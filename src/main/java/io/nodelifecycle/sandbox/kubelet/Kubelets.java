package io.nodelifecycle.sandbox.kubelet;

import io.nodelifecycle.sandbox.cluster.DeleteOptions;
import io.nodelifecycle.sandbox.cluster.ListQuery;
import io.nodelifecycle.sandbox.cluster.PageRequest;
import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.cluster.Watch;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * All machines of the sandbox. One thread calls {@link #advance} again and again; {@code now} is
 * the monotonic time, {@code wall} what clocks on walls say and what is written into objects.
 */
public final class Kubelets implements AutoCloseable {
  private static final int EVENTS_AT_ONCE = 10_000;

  /** Leases are spread over their interval, so that not all machines write at once. */
  private static final int SPREAD = 20;

  private final SandboxCluster cluster;
  private final Rhythm rhythm;
  private final Map<String, FakeKubelet> kubelets = new LinkedHashMap<>();
  private Watch pods;
  private int podAddresses;

  /**
   * How often machines do what they do.
   *
   * @param lease between two renewals of a lease
   * @param status between two statuses that say nothing new
   * @param termination how long a pod takes to end
   * @param restart how long a machine that comes back takes until it looks after its pods
   */
  public record Rhythm(Duration lease, Duration status, Duration termination, Duration restart) {
    /** Shorter than in life: leases each second. */
    public static final Rhythm SANDBOX =
        new Rhythm(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(1));
  }

  /** No machine yet. */
  public Kubelets(SandboxCluster cluster, Rhythm rhythm) {
    this.cluster = cluster;
    this.rhythm = rhythm;
    this.pods = follow();
  }

  private Watch follow() {
    return cluster.watch(ListQuery.all(ResourceType.PODS), "", () -> {});
  }

  /** A machine starts: registers its node and posts its first status. */
  public void join(String name, String zone, Instant now, Instant wall) {
    int number = kubelets.size() + 1;
    String address = "10.0.%d.%d".formatted(number / 250, 1 + number % 250);
    var first = now.plus(rhythm.lease().multipliedBy(number % SPREAD).dividedBy(SPREAD));
    var kubelet = new FakeKubelet(name, address, first);
    cluster.create(ResourceType.NODES, "", NodeObjects.node(name, zone), wall);
    cluster.create(ResourceType.LEASES, "kube-node-lease", NodeObjects.lease(name, wall), wall);
    kubelets.put(name, kubelet);
    postStatus(kubelet, now, wall);
  }

  /** A machine stops. */
  public void kill(String name) {
    find(name).ifPresent(FakeKubelet::kill);
  }

  /** A machine runs again. */
  public void revive(String name, Instant now) {
    find(name).ifPresent(kubelet -> kubelet.revive(rhythm.restart(), now));
  }

  /** A machine has something to report about a condition from now on. */
  public void report(String name, String condition, String status, Instant now) {
    find(name).ifPresent(kubelet -> kubelet.report(condition, status, now));
  }

  /**
   * A machine is taken out of the cluster; what is left of it is removed, as by pod garbage
   * collection.
   */
  public void remove(String name, Instant wall) {
    find(name).ifPresent(kubelet -> removeAll(kubelet, wall));
  }

  private void removeAll(FakeKubelet kubelet, Instant wall) {
    var name = kubelet.node();
    kubelets.remove(name);
    quietly(() -> cluster.delete(ObjectRef.node(name), DeleteOptions.NOW, wall));
    quietly(() -> cluster.delete(ObjectRef.nodeLease(name), DeleteOptions.NOW, wall));
    for (var pod : cluster.list(ListQuery.all(ResourceType.PODS), PageRequest.ALL).items()) {
      if (pod.nodeName().equals(name)) {
        quietly(() -> cluster.delete(pod.ref(), DeleteOptions.NOW, wall));
      }
    }
  }

  /** Whether a machine runs; false for one that is not there. */
  public boolean isAlive(String name) {
    return find(name).filter(FakeKubelet::isAlive).isPresent();
  }

  /** When a machine was last heard, in monotonic time; empty for one that is not there. */
  public Optional<Instant> lastHeartbeat(String name) {
    return find(name).map(FakeKubelet::lastHeartbeat);
  }

  private Optional<FakeKubelet> find(String name) {
    return Optional.ofNullable(kubelets.get(name));
  }

  /** Every machine that runs does what is due. */
  public void advance(Instant now, Instant wall) {
    observe(now);
    for (var kubelet : kubelets.values().toArray(FakeKubelet[]::new)) {
      if (kubelet.isStatusDue(now)) {
        postStatus(kubelet, now, wall);
      }
      if (kubelet.isLeaseDue(now)) {
        renewLease(kubelet, now, wall);
      }
      for (var duty = kubelet.nextDuty(now); duty.isPresent(); duty = kubelet.nextDuty(now)) {
        kubelet.forget(duty.get().getKey());
        carryOut(kubelet, duty.get().getKey(), duty.get().getValue(), wall);
      }
    }
  }

  private void observe(Instant now) {
    try {
      for (var event : pods.poll(EVENTS_AT_ONCE)) {
        observe(event, now);
      }
    } catch (ApiFailure expired) {
      // Fell behind what is kept of the history: begins anew with what is there.
      pods.close();
      pods = follow();
    }
  }

  private void observe(WatchEvent event, Instant now) {
    var pod = event.object();
    var kubelet = kubelets.get(pod.nodeName());
    if (kubelet == null) {
      return;
    }
    if (event.type() == WatchEvent.Type.DELETED) {
      kubelet.forget(pod.key());
      return;
    }
    var tree = pod.tree();
    if (!Json.text(tree, "metadata", "deletionTimestamp").isEmpty()) {
      var due = now.plus(rhythm.termination());
      kubelet.plan(pod.key(), new FakeKubelet.PodDuty(pod.uid(), "", true, due));
    } else if (!PodObjects.isReady(tree)) {
      kubelet.plan(pod.key(), new FakeKubelet.PodDuty(pod.uid(), address(tree), false, now));
    } else {
      kubelet.forget(pod.key());
    }
  }

  private String address(ObjectNode pod) {
    var known = Json.text(pod, "status", "podIP");
    if (!known.isEmpty()) {
      return known;
    }
    podAddresses++;
    return "10.%d.%d.%d"
        .formatted(100 + podAddresses / 62_500, podAddresses / 250 % 250, 1 + podAddresses % 250);
  }

  private void carryOut(FakeKubelet kubelet, String key, FakeKubelet.PodDuty duty, Instant wall) {
    int slash = key.indexOf('/');
    var ref = ObjectRef.pod(key.substring(0, slash), key.substring(slash + 1));
    quietly(() -> {
      if (duty.isTerminating()) {
        cluster.delete(ref, DeleteOptions.NOW.withUid(duty.uid()), wall);
      } else if (cluster.find(ref).filter(pod -> pod.uid().equals(duty.uid())).isPresent()) {
        cluster.modify(
            ref,
            Part.STATUS,
            pod -> PodObjects.running(pod, duty.address(), kubelet.address(), wall),
            wall);
      }
    });
  }

  private void postStatus(FakeKubelet kubelet, Instant now, Instant wall) {
    quietly(() ->
        cluster.modify(
            ObjectRef.node(kubelet.node()),
            Part.STATUS,
            node -> NodeObjects.withStatus(node, kubelet.address(), kubelet.reported(), wall),
            wall));
    kubelet.postedStatus(rhythm.status(), now);
  }

  private void renewLease(FakeKubelet kubelet, Instant now, Instant wall) {
    var ref = ObjectRef.nodeLease(kubelet.node());
    quietly(() -> {
      if (cluster.find(ref).isPresent()) {
        cluster.modify(ref, Part.MAIN, lease -> NodeObjects.renewed(lease, wall), wall);
      } else if (cluster.find(ObjectRef.node(kubelet.node())).isPresent()) {
        cluster.create(ref.type(), ref.namespace(), NodeObjects.lease(kubelet.node(), wall), wall);
      }
    });
    kubelet.renewedLease(rhythm.lease(), now);
  }

  /** Somebody else was faster: the next event or the next round tells what to do instead. */
  private static void quietly(Runnable write) {
    try {
      write.run();
    } catch (ApiFailure overtaken) {
      if (overtaken.code() >= 500) {
        throw overtaken;
      }
    }
  }

  @Override
  public void close() {
    pods.close();
  }
}
