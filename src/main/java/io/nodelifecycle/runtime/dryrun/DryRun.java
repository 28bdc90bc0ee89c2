package io.nodelifecycle.runtime.dryrun;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.runtime.ApiAccess;
import io.nodelifecycle.runtime.ApiReader;
import io.nodelifecycle.runtime.ApiWriter;
import io.nodelifecycle.runtime.EventPost;
import io.nodelifecycle.runtime.Inbox;
import io.nodelifecycle.runtime.ObservationSink;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.runtime.WorkQueue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The API server for a run that writes nothing: writes are answered as it would answer them and
 * told to an observer, reads and observations show what would have been written. Thread-safe.
 *
 * <p>Observations about nodes keep their order, and so do those about pods, whichever thread brings
 * them: a lock for each of the two is held while they are handed on, in the order nodes, pods.
 */
public final class DryRun {
  private final TimeSource time;
  private final DryRunObserver observer;
  private final Overlay overlay = new Overlay();
  private final ReentrantLock nodeLane = new ReentrantLock();
  private final ReentrantLock podLane = new ReentrantLock();

  /** Guards the overlay; held for moments only, and always taken last. */
  private final ReentrantLock state = new ReentrantLock();

  private volatile ObservationSink sink = _ -> {};

  /**
   * A dry run over nothing yet.
   *
   * @param time the clocks
   * @param observer told what would be written
   */
  public DryRun(TimeSource time, DryRunObserver observer) {
    this.time = time;
    this.observer = observer;
  }

  /**
   * The API server as the loop is to see it.
   *
   * @param reader sends the live reads, which are real
   */
  public ApiAccess over(ApiReader reader) {
    return new ApiAccess(new Writer(), read -> read(reader, read));
  }

  /**
   * Where informers are to hand their observations.
   *
   * @param loop where these go from here
   */
  public ObservationSink before(ObservationSink loop) {
    sink = loop;
    return this::put;
  }

  private final class Writer implements ApiWriter {
    @Override
    public Outcome write(Write write) {
      return wouldWrite(write);
    }

    @Override
    public Outcome post(EventPost event) {
      observer.wouldPost(event);
      return new Outcome.Succeeded(null, null, time.wallClock());
    }
  }

  private <T> T guarded(Supplier<T> action) {
    state.lock();
    try {
      return action.get();
    } finally {
      state.unlock();
    }
  }

  private Outcome wouldWrite(Write write) {
    var wallClock = time.wallClock();
    var answer = guarded(() -> overlay.write(write, wallClock));
    answer.would().ifPresent(observer::wouldWrite);
    if (write instanceof Action.NodeWrite toNode && answer.would().isPresent()) {
      try {
        showAfterWrite(toNode.node().name());
      } catch (InterruptedException _) {
        // The process ends: nobody looks at what is not shown any more.
        Thread.currentThread().interrupt();
      }
    }
    return answer.outcome();
  }

  /** A write to a node may put an end to what is laid over its pods: the node is shown first. */
  private void showAfterWrite(String nodeName) throws InterruptedException {
    nodeLane.lockInterruptibly();
    try {
      var shown = guarded(() -> overlay.shownBeforeRelease(nodeName, time.wallClock()));
      if (shown.isPresent()) {
        sink.put(shown.get());
        release(nodeName);
      }
    } finally {
      nodeLane.unlock();
    }
  }

  private ReadOutcome read(ApiReader reader, Read read) {
    var outcome = reader.read(read);
    return outcome instanceof ReadOutcome.Node(var node) && node != null
        ? new ReadOutcome.Node(guarded(() -> overlay.read(node)))
        : outcome;
  }

  private void put(Observation observation) throws InterruptedException {
    if (Inbox.queueOf(observation) == WorkQueue.POD_OBSERVATIONS) {
      hand(podLane, overlay -> overlay.see(observation, time.wallClock()));
      return;
    }
    nodeLane.lockInterruptibly();
    try {
      hand(nodeLane, overlay -> overlay.see(observation, time.wallClock()));
      var nodeName = nodeOf(observation);
      if (nodeName.isPresent()) {
        release(nodeName.get());
      }
    } finally {
      nodeLane.unlock();
    }
  }

  private static Optional<String> nodeOf(Observation observation) {
    return switch (observation) {
      case Observation.NodeSeen seen -> Optional.of(seen.node().name());
      case Observation.LeaseSeen seen -> Optional.of(seen.nodeName());
      default -> Optional.empty();
    };
  }

  private void release(String nodeName) throws InterruptedException {
    if (guarded(() -> overlay.hasOverlaidPods(nodeName))) {
      hand(podLane, overlay -> overlay.release(nodeName, time.wallClock()));
    }
  }

  private void hand(ReentrantLock lane, Function<Overlay, List<Observation>> shown)
      throws InterruptedException {
    lane.lockInterruptibly();
    try {
      for (var observation : guarded(() -> shown.apply(overlay))) {
        sink.put(observation);
      }
    } finally {
      lane.unlock();
    }
  }
}
