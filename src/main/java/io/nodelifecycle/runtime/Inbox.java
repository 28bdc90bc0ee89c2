package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bounded queue of observations before the control loop. What concerns nodes overtakes what
 * concerns pods, so that a pod is never judged by an older version of its node than was already
 * received.
 */
public final class Inbox {
  /** Room for each of the two lanes; a reader of a watch waits while its lane is full. */
  static final int CAPACITY = 8192;

  /** Pods taken in one go: more would delay nodes. */
  private static final int PODS_PER_TURN = 4096;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<Timed<Observation>> nodes = new ArrayDeque<>();
  private final ArrayDeque<Timed<Observation>> pods = new ArrayDeque<>();
  private final TimeSource time;
  private final LoopObserver observer;
  private boolean isWoken;

  /** Nothing waits yet; the observer is told what waits and for how long. */
  public Inbox(TimeSource time, LoopObserver observer) {
    this.time = time;
    this.observer = observer;
  }

  /** Adds an observation that arrived just now, waiting for room if it has to. */
  public void put(Observation observation) throws InterruptedException {
    put(observation, time.now());
  }

  /**
   * Adds an observation, waiting for room if it has to.
   *
   * @param arrival when it arrived, on the monotonic time line
   */
  void put(Observation observation, Instant arrival) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var lane = queueOf(observation) == WorkQueue.POD_OBSERVATIONS ? pods : nodes;
      while (lane.size() >= CAPACITY) {
        room.await();
      }
      lane.add(new Timed<>(observation, arrival));
      arrived.signal();
    } finally {
      lock.unlock();
    }
    observer.added(queueOf(observation), false);
  }

  /** The lane that an observation waits in. */
  public static WorkQueue queueOf(Observation observation) {
    return isOfPods(observation) ? WorkQueue.POD_OBSERVATIONS : WorkQueue.NODE_OBSERVATIONS;
  }

  private static boolean isOfPods(Observation observation) {
    return switch (observation) {
      case Observation.PodSeen _, Observation.PodGone _ -> true;
      case Observation.ListBegin(var resource) -> resource == Resource.PODS;
      case Observation.ListEnd(var resource) -> resource == Resource.PODS;
      case Observation.WatchBroken(var resource) -> resource == Resource.PODS;
      case Observation.WatchRestored(var resource, _) -> resource == Resource.PODS;
      case Observation.NodeSeen _,
          Observation.NodeGone _,
          Observation.LeaseSeen _,
          Observation.LeaseGone _,
          Observation.DaemonSetSeen _,
          Observation.DaemonSetGone _,
          Observation.Paused _,
          Observation.ReadEnded _,
          Observation.WriteEnded _ ->
          false;
    };
  }

  /** Wakes whoever waits in {@link #await}. */
  void wake() {
    lock.lock();
    try {
      isWoken = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something to take, or for so long. */
  void await(Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var nanos = timeout.toNanos();
      while (nodes.isEmpty() && pods.isEmpty() && !isWoken && nanos > 0) {
        nanos = arrived.awaitNanos(nanos);
      }
      isWoken = false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes everything about nodes that has arrived, then a bounded number of observations of pods.
   */
  List<Timed<Observation>> take() {
    var now = time.now();
    var taken = takeWaiting();
    taken.forEach(
        each -> observer.taken(queueOf(each.value()), Duration.between(each.since(), now)));
    return taken;
  }

  private List<Timed<Observation>> takeWaiting() {
    lock.lock();
    try {
      var taken = new ArrayList<>(nodes);
      nodes.clear();
      for (var i = 0; i < PODS_PER_TURN && !pods.isEmpty(); i++) {
        taken.add(pods.remove());
      }
      room.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** How many observations wait in this lane. */
  int waiting(WorkQueue queue) {
    lock.lock();
    try {
      return queue == WorkQueue.POD_OBSERVATIONS ? pods.size() : nodes.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many observations wait in the lane of this one. */
  public int waiting(Observation observation) {
    return waiting(queueOf(observation));
  }

  /** Whether something is left to be taken. */
  public boolean isEmpty() {
    lock.lock();
    try {
      return nodes.isEmpty() && pods.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
