package io.nodelifecycle.benchmark;

import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.kubernetes.http.SteppedTime;
import io.nodelifecycle.runtime.BudgetPolicy;
import io.nodelifecycle.runtime.ControlCycle;
import io.nodelifecycle.runtime.EventPost;
import io.nodelifecycle.runtime.Inbox;
import io.nodelifecycle.runtime.Leadership;
import io.nodelifecycle.runtime.LoopObserver;
import io.nodelifecycle.runtime.Outlets;
import io.nodelifecycle.runtime.RequestSender;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whole steps of the control loop over a large cluster in which all is well. */
@State(Scope.Thread)
public class ControlStepBenchmark {
  private static final int PODS_PER_NODE = 30;

  @Param("5000")
  public int nodes;

  private HealthyCluster cluster;
  private SteppedTime time;
  private Inbox inbox;
  private ControlCycle cycle;

  @Setup
  public void setUp() {
    cluster = new HealthyCluster(nodes, PODS_PER_NODE);
    time = new SteppedTime();
    time.pass(Duration.between(time.now(), cluster.now()));
    inbox = new Inbox(time, LoopObserver.NONE);
    var outlets =
        new Outlets(new Unused(), Leadership.ALONE, (_, _, _) -> Optional.empty(), _ -> {});
    cycle =
        new ControlCycle(
            cluster.controller(),
            outlets,
            () -> {},
            new BudgetPolicy(20, 30),
            time,
            LoopObserver.NONE);
  }

  @Benchmark
  @Operation("a whole step in which nothing changed, {nodes} nodes with 30 pods each")
  public void nothingChanged() {
    cycle.step(inbox, time.now());
  }

  @Benchmark
  @Operation("a whole step in which every lease was renewed, {nodes} nodes with 30 pods each")
  public void everyLeaseRenewed() throws InterruptedException {
    time.pass(Duration.ofSeconds(1));
    for (var renewal : cluster.renewAll()) {
      inbox.put(renewal);
    }
    cycle.step(inbox, time.now());
  }

  private static final class Unused implements RequestSender {
    @Override
    public void send(Request request, Consumer<Observation> answer) {
      throw new IllegalStateException("a healthy cluster needs no request: " + request);
    }

    @Override
    public void post(EventPost event, Consumer<Outcome> answer) {
      throw new IllegalStateException("a healthy cluster has no events: " + event);
    }
  }
}
