package io.nodelifecycle.benchmark;

import io.nodelifecycle.core.Action;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A node reports to the core and is judged where that is due. Time passes as in a real cluster, so
 * that deadlines come as often as they do there.
 */
@State(Scope.Thread)
public class NodeJudgementBenchmark {
  @Param({"500", "5000", "15000"})
  public int nodes;

  private HealthyCluster cluster;

  @Setup
  public void setUp() {
    cluster = new HealthyCluster(nodes, 0);
  }

  @Benchmark
  @Operation("take note of a renewed lease and judge, {nodes} nodes")
  public List<Action> renewal() {
    return cluster.renewNext();
  }

  @Benchmark
  @Operation("take note of a posted status and judge, {nodes} nodes")
  public List<Action> post() {
    return cluster.postNext();
  }
}
