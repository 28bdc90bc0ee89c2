package io.nodelifecycle.runtime;

import io.nodelifecycle.benchmark.Operation;
import io.nodelifecycle.core.Action.Priority;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Requests that wait while more come, as in an outage of a large zone. */
@State(Scope.Thread)
public class PriorityLanesBenchmark {
  private static final int WAITING = 10_000;
  private static final int GROUPS = 1_000;

  private final PriorityLanes<Integer> lanes =
      new PriorityLanes<>(_ -> true, new SystemTime(), LoopObserver.NONE);
  private final GroupedQueue<Integer> queue = new GroupedQueue<>();
  private final String[] groups = new String[GROUPS];
  private int next;

  /** Lanes in which requests for many nodes wait. */
  public PriorityLanesBenchmark() {
    for (var i = 0; i < GROUPS; i++) {
      groups[i] = "node-" + i;
    }
    for (var i = 0; i < WAITING; i++) {
      addToLanes();
      queue.add(i, group());
    }
  }

  private String group() {
    next++;
    return groups[next % GROUPS];
  }

  private void addToLanes() {
    lanes.add(next, Priority.POD_DELETION, group(), false);
  }

  @Benchmark
  @Operation("let a request wait and take the one whose turn it is, 10,000 waiting")
  public Optional<Integer> lanes() {
    addToLanes();
    lanes.granted(Priority.POD_DELETION);
    return lanes.poll();
  }

  @Benchmark
  @Operation("the same in the queue of one lane alone")
  public Integer queue() {
    queue.add(next, group());
    return queue.remove();
  }
}
