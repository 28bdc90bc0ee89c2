package io.nodelifecycle.benchmark;

import io.nodelifecycle.core.eviction.DeadlinePlanner;
import io.nodelifecycle.core.eviction.EvictionDeadline;
import io.nodelifecycle.core.eviction.EvictionPolicy;
import io.nodelifecycle.core.eviction.TaintHistory;
import io.nodelifecycle.core.eviction.TolerationMatcher;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a NoExecute taint means for a pod with a few tolerations of its own and the usual two. */
@State(Scope.Thread)
public class EvictionBenchmark {
  private static final Instant APPEARED = Instant.parse("2030-01-01T00:00:00Z");

  private final Taint unreachable =
      new Taint("node.kubernetes.io/unreachable", "", Taint.NO_EXECUTE, APPEARED);
  private final Taint byHand = new Taint("dedicated", "batch", Taint.NO_EXECUTE, APPEARED);
  private final List<Toleration> tolerations =
      List.of(
          new Toleration("dedicated", "Equal", "batch", "", null),
          new Toleration("node.kubernetes.io/memory-pressure", "Exists", "", "NoSchedule", null),
          new Toleration("node.kubernetes.io/not-ready", "Exists", "", "NoExecute", 300L),
          new Toleration("node.kubernetes.io/unreachable", "Exists", "", "NoExecute", 300L));
  private final TolerationMatcher matcher = new TolerationMatcher(false);
  private final DeadlinePlanner planner = new DeadlinePlanner(EvictionPolicy.defaults());
  private final TaintHistory history =
      TaintHistory.NONE.after(List.of(byHand, unreachable), null, APPEARED);
  private final Instant boundAt = APPEARED.minusSeconds(1000);
  private final Instant now = APPEARED.plusSeconds(1);

  @Benchmark
  @Operation("find the toleration of a taint, the last of four")
  public Optional<Toleration> match() {
    return matcher.first(tolerations, unreachable);
  }

  @Benchmark
  @Operation("plan the deadline of a pod with four tolerations on a node with two taints")
  public EvictionDeadline plan() {
    return planner.plan(tolerations, history, boundAt, null, now);
  }
}
