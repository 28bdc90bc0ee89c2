package io.nodelifecycle.sandbox.kubelet;

import io.nodelifecycle.core.model.Zone;
import io.nodelifecycle.core.schedule.DeadlineQueue;
import io.nodelifecycle.sandbox.cluster.ListQuery;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.cluster.Watch;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import io.nodelifecycle.sandbox.kubelet.FakeKubelet.PodDuty;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All machines of the sandbox. One thread calls {@link #advance} again and again; {@code now} is
 * the monotonic time, {@code wall} what clocks on walls say and what is written into objects.
 *
 * <p>What is due is kept in the order of its time, and what is due at the same time in the order in
 * which it was planned: the same calls give the same writes. Pods are looked after wherever they
 * come from: terminating ones end, those that are not ready become so, unless that is their own
 * doing ({@link PodObjects#isHeldBack}).
 */
public final class Kubelets implements AutoCloseable {
  private static final int EVENTS_AT_ONCE = 10_000;

  /** Enough to see a cluster of a million pods in one go. */
  private static final int ROUNDS_MAX = 100;

  /** Leases are spread over their interval, so that not all machines write at once. */
  private static final int SPREAD = 20;

  private final SandboxCluster cluster;
  private final KubeletWrites writes;
  private final Rhythm rhythm;
  private final Map<String, FakeKubelet> kubelets = new HashMap<>();
  private final DeadlineQueue<String> due = new DeadlineQueue<>();
  private Watch pods;
  private int machineNumber;
  private int podAddresses;

  /**
   * How often machines do what they do.
   *
   * @param lease between two renewals of a lease, positive
   * @param status between two statuses that say nothing new, positive
   * @param start how long a pod that was just bound takes until it is ready
   * @param termination how long a pod takes to end
   * @param restart how long a machine that comes back takes until it looks after its pods
   */
  public record Rhythm(
      Duration lease, Duration status, Duration start, Duration termination, Duration restart) {
    /** As in life: leases every 10 s, statuses every 5 min. */
    public static final Rhythm KUBERNETES =
        new Rhythm(
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5));

    /** Shorter than in life: leases each second. */
    public static final Rhythm SANDBOX =
        new Rhythm(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ZERO,
            Duration.ofMillis(500),
            Duration.ofSeconds(1));

    /** Checks that heartbeats come to an end. */
    public Rhythm {
      if (!lease.isPositive() || !status.isPositive()) {
        throw new IllegalArgumentException(
            "intervals must be positive: lease " + lease + ", status " + status);
      }
    }
  }

  /** No machine yet. */
  public Kubelets(SandboxCluster cluster, Rhythm rhythm) {
    this.cluster = cluster;
    this.writes = new KubeletWrites(cluster);
    this.rhythm = rhythm;
    this.pods = follow();
  }

  private Watch follow() {
    return cluster.watch(ListQuery.all(ResourceType.PODS), "", () -> {});
  }

  /**
   * A machine starts: registers its node and posts its first status. A lease that is left from an
   * earlier machine of this name is taken over.
   *
   * @throws ApiFailure 409 if there is a node of this name
   */
  public void join(String name, String zone, Instant now, Instant wall) {
    join(name, new Zone(NodeObjects.REGION, zone), now, wall);
  }

  /**
   * The same in a zone of any region.
   *
   * @param zone what its labels say; an empty part is no label
   * @throws ApiFailure 409 if there is a node of this name
   */
  public void join(String name, Zone zone, Instant now, Instant wall) {
    var kubelet = new FakeKubelet(name, nextAddress(), spread(now, rhythm.lease()));
    writes.register(name, zone, wall);
    writes.renewLease(kubelet, wall);
    start(kubelet, now);
    postStatus(kubelet, now, wall);
    plan(kubelet);
  }

  /**
   * A machine for a node that is there already, which it goes on with as it is: conditions that it
   * posts keep their status, everything else that is there is kept, and its pods are looked after.
   * Its first status comes within the usual interval.
   *
   * @param isAlive whether the machine runs; its lease is then created if it is missing. A dead one
   *     writes nothing until it is revived, and is healthy then
   * @throws ApiFailure 404 if there is no such node
   */
  public void adopt(String name, boolean isAlive, Instant now, Instant wall) {
    var node = cluster.get(ObjectRef.node(name)).tree();
    var known = NodeObjects.address(node);
    var address = known.isEmpty() ? nextAddress() : known;
    var kubelet = new FakeKubelet(name, address, spread(now, rhythm.lease()));
    kubelet.planStatus(spread(now, rhythm.status()));
    start(kubelet, now);
    if (isAlive) {
      kubelet.reported().putAll(NodeObjects.unhealthy(node));
      kubelet.heard(now);
      if (cluster.find(ObjectRef.nodeLease(name)).isEmpty()) {
        writes.renewLease(kubelet, wall);
      }
    } else {
      kubelet.kill();
    }
    plan(kubelet);
  }

  private void start(FakeKubelet kubelet, Instant now) {
    machineNumber++;
    kubelets.put(kubelet.node(), kubelet);
    for (var pod : writes.podsOn(kubelet.node())) {
      observe(kubelet, pod, now);
    }
  }

  private String nextAddress() {
    int number = machineNumber + 1;
    return "10.%d.%d.%d".formatted(number / 62_500, number / 250 % 250, 1 + number % 250);
  }

  /** A time within the interval that follows, another one for each machine. */
  private Instant spread(Instant now, Duration interval) {
    return now.plus(interval.multipliedBy((machineNumber + 1) % SPREAD).dividedBy(SPREAD));
  }

  /** A machine stops. */
  public void kill(String name) {
    change(name, FakeKubelet::kill);
  }

  /** A machine runs again. */
  public void revive(String name, Instant now) {
    change(name, kubelet -> kubelet.revive(rhythm.restart(), now));
  }

  /** A machine has something to report about a condition from now on. */
  public void report(String name, String condition, String status, Instant now) {
    change(name, kubelet -> kubelet.report(condition, status, now));
  }

  /** From now on these heartbeats of a machine get lost, and no others; it runs its pods. */
  public void mute(String name, Set<Heartbeat> lost) {
    change(name, kubelet -> kubelet.mute(lost));
  }

  /** No heartbeat of a machine gets lost any more; those that were lost are sent again at once. */
  public void unmute(String name, Instant now) {
    change(name, kubelet -> kubelet.unmute(now));
  }

  /**
   * A machine's clock goes wrong: the times that it writes are off by so much from now on. When it
   * writes is not changed by it.
   *
   * @param offset how far it is ahead; negative if it is behind
   */
  public void setClock(String name, Duration offset) {
    change(name, kubelet -> kubelet.setClock(offset));
  }

  private void change(String name, Consumer<FakeKubelet> change) {
    find(name)
        .ifPresent(kubelet -> {
          change.accept(kubelet);
          plan(kubelet);
        });
  }

  private void plan(FakeKubelet kubelet) {
    due.set(kubelet.node(), kubelet.nextDue());
  }

  /**
   * A machine is taken out of the cluster; what is left of it is removed, as by pod garbage
   * collection. One that joins under its name later is another one, and so is its node.
   */
  public void remove(String name, Instant wall) {
    if (kubelets.remove(name) != null) {
      due.cancel(name);
      writes.removeNode(name, wall);
    }
  }

  /** Whether a machine runs; false for one that is not there. */
  public boolean isAlive(String name) {
    return find(name).filter(FakeKubelet::isAlive).isPresent();
  }

  /**
   * When a machine was last heard, in monotonic time; empty for one that is not there or was never
   * heard.
   */
  public Optional<Instant> lastHeartbeat(String name) {
    return find(name).flatMap(FakeKubelet::lastHeartbeat);
  }

  private Optional<FakeKubelet> find(String name) {
    return Optional.ofNullable(kubelets.get(name));
  }

  /**
   * When {@link #advance} next has something to do: {@link Instant#MIN} if pods have changed since,
   * {@link Instant#MAX} if nothing is due.
   */
  public Instant nextDue() {
    return pods.isBehind() ? Instant.MIN : due.earliest();
  }

  /** Every machine that runs does what is due. */
  public void advance(Instant now, Instant wall) {
    observe(now);
    for (var name = due.poll(now); name.isPresent(); name = due.poll(now)) {
      find(name.get())
          .ifPresent(kubelet -> {
            work(kubelet, now, wall);
            plan(kubelet);
          });
    }
  }

  private void work(FakeKubelet kubelet, Instant now, Instant wall) {
    if (kubelet.isStatusDue(now)) {
      postStatus(kubelet, now, wall);
    }
    if (kubelet.isLeaseDue(now)) {
      if (kubelet.isHeardBy(Heartbeat.LEASE)) {
        writes.renewLease(kubelet, wall);
        kubelet.heard(now);
      }
      kubelet.planLease(rhythm.lease(), now);
    }
    for (var duty = kubelet.nextDuty(now); duty.isPresent(); duty = kubelet.nextDuty(now)) {
      carryOut(kubelet, duty.get(), wall);
    }
  }

  private void carryOut(FakeKubelet kubelet, PodDuty duty, Instant wall) {
    if (duty.isTerminating()) {
      writes.endPod(duty, wall);
    } else {
      podAddresses++;
      writes.startPod(kubelet, duty, podAddress(podAddresses), wall);
    }
  }

  private static String podAddress(int number) {
    return "10.%d.%d.%d".formatted(100 + number / 62_500, number / 250 % 250, 1 + number % 250);
  }

  private void postStatus(FakeKubelet kubelet, Instant now, Instant wall) {
    if (kubelet.isHeardBy(Heartbeat.STATUS)) {
      writes.postStatus(kubelet, wall);
      kubelet.heard(now);
    }
    kubelet.planStatus(now.plus(rhythm.status()));
  }

  private void observe(Instant now) {
    try {
      for (int round = 0; round < ROUNDS_MAX && pods.isBehind(); round++) {
        for (var event : pods.poll(EVENTS_AT_ONCE)) {
          observe(event, now);
        }
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
    } else {
      observe(kubelet, pod, now);
    }
    plan(kubelet);
  }

  private void observe(FakeKubelet kubelet, StoredObject pod, Instant now) {
    if (pod.isTerminating()) {
      var duty = new PodDuty(pod.ref(), pod.uid(), true);
      kubelet.plan(duty, now.plus(rhythm.termination()));
      return;
    }
    if (pod.isReady() || PodObjects.isOver(pod.phase())) {
      kubelet.forget(pod.key());
      return;
    }
    if (PodObjects.isHeldBack(pod.tree())) {
      kubelet.forget(pod.key());
      return;
    }
    boolean hasRun = pod.phase().equals("Running");
    var duty = new PodDuty(pod.ref(), pod.uid(), false);
    kubelet.plan(duty, hasRun ? now : now.plus(rhythm.start()));
  }

  @Override
  public void close() {
    pods.close();
  }
}
