package io.nodelifecycle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.MarkDisruptionTarget;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.ReadNode;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Confirmation;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.LifecycleController;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.LeaseSeen;
import io.nodelifecycle.core.Observation.ListEnd;
import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.PodSeen;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.schedule.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The deciding part, the executor and an API server that takes its time, in virtual time: live
 * reads must neither starve what they guard nor cost much of the budget.
 */
final class LiveReadBudgetTest {
  private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");
  private static final Taint BY_HAND = new Taint("example.com/x", "", "NoExecute", null);
  private static final Duration BEAT = Duration.ofSeconds(10);

  private final LifecycleController controller = new LifecycleController(CorePolicy.defaults());
  private final Map<String, NodeSnapshot> nodes = new HashMap<>();
  private final PriorityQueue<UnderWay> underWay = new PriorityQueue<>();
  private final List<Sent> sent = new ArrayList<>();
  private Duration latency = Duration.ofMillis(5);
  private Instant now = T0;
  private Instant nextBeat = T0;
  private long version = 1000;
  private long sequence;

  private record UnderWay(Instant end, long sequence, Runnable request)
      implements Comparable<UnderWay> {
    @Override
    public int compareTo(UnderWay other) {
      var byEnd = end.compareTo(other.end);
      return byEnd != 0 ? byEnd : Long.compare(sequence, other.sequence);
    }
  }

  private record Sent(Instant at, Request request) {}

  private ActionExecutor executor(double rate, int burst) {
    return new ActionExecutor(
        new RequestThreads(
            new Server(),
            this::read,
            request -> underWay.add(new UnderWay(now.plus(latency), sequence++, request))),
        Leadership.ALONE,
        (_, _, _) -> Optional.empty(),
        () -> {},
        TokenBucket.full(rate, burst, T0),
        new FixedTime(),
        LoopObserver.NONE);
  }

  private String nextVersion() {
    return Long.toString(version++);
  }

  private void list(int nodeCount, int podsPerNode, List<Taint> taints) {
    for (var i = 0; i < nodeCount; i++) {
      put("n" + i, taints, true);
    }
    controller.observe(new ListEnd(Resource.NODES), now);
    controller.observe(new ListEnd(Resource.LEASES), now);
    for (var i = 0; i < nodeCount * podsPerNode; i++) {
      controller.observe(new PodSeen(pod("p" + i, "n" + i % nodeCount), true, T0), now);
    }
    controller.observe(new ListEnd(Resource.PODS), now);
  }

  private void put(String name, List<Taint> taints, boolean isListed) {
    var ready = new NodeCondition(NodeCondition.READY, ConditionStatus.TRUE, T0, T0);
    var node =
        new NodeSnapshot(
            name, "uid-" + name, nextVersion(), T0, Map.of(), taints, false, List.of(ready));
    nodes.put(name, node);
    controller.observe(new NodeSeen(node, isListed, T0), now);
  }

  private PodSnapshot pod(String name, String nodeName) {
    return new PodSnapshot(
        new PodKey("default", name, "uid-" + name),
        nextVersion(),
        nodeName,
        List.of(),
        ConditionStatus.TRUE,
        false,
        false,
        T0,
        false,
        false,
        Map.of());
  }

  private ReadOutcome read(Read read) {
    return switch (read) {
      case ReadNode(var key) -> new ReadOutcome.Node(nodes.get(key.name()));
      default -> throw new AssertionError("nobody is silent: " + read);
    };
  }

  /** A write of a test's own is always wanted; what is sent is written down. */
  private Confirmation confirm(Request request, Instant at) {
    var confirmation =
        request instanceof PatchNodeTaints
            ? new Confirmation.Send(request)
            : controller.confirm(request, at);
    switch (confirmation) {
      case Confirmation.Send(var wanted) -> sent.add(new Sent(at, wanted));
      case Confirmation.ReadFirst _, Confirmation.Drop() -> {}
    }
    return confirmation;
  }

  private void observe(Observation observation) {
    if (observation instanceof Observation.ReadEnded(var read, _)) {
      sent.add(new Sent(now.minus(latency), read));
    }
    controller.observe(observation, now);
  }

  private void run(ActionExecutor executor, Duration duration) {
    var end = now.plus(duration);
    while (now.isBefore(end)) {
      if (!nextBeat.isAfter(now)) {
        nextBeat = now.plus(BEAT);
        nodes.keySet().forEach(name -> controller.observe(new LeaseSeen(name, nextVersion()), now));
      }
      while (!underWay.isEmpty() && !underWay.peek().end.isAfter(now)) {
        underWay.remove().request.run();
      }
      executor.settle();
      for (var action : controller.advance(now)) {
        if (action instanceof Write write) {
          executor.add(write);
        }
      }
      executor.dispatch(this::confirm, this::observe, now);
      now = next(executor, end);
    }
  }

  private Instant next(ActionExecutor executor, Instant end) {
    var next = end.isBefore(nextBeat) ? end : nextBeat;
    var wake = controller.nextWake(now);
    next = wake.isBefore(next) ? wake : next;
    var dispatch = executor.nextDispatch(now);
    next = dispatch.isBefore(next) ? dispatch : next;
    if (!underWay.isEmpty() && underWay.peek().end.isBefore(next)) {
      next = underWay.peek().end;
    }
    return next.isAfter(now) ? next : now;
  }

  private long count(Class<? extends Request> kind) {
    return sent.stream().filter(each -> kind.isInstance(each.request)).count();
  }

  /** At no time more than the burst, what came since, and the one that may be owed. */
  private void assertWithinBudget(double rate, int burst) {
    var times = sent.stream().map(Sent::at).sorted().toList();
    for (var i = 0; i < times.size(); i++) {
      var seconds = Duration.between(T0, times.get(i)).toMillis() / 1000.0;
      assertThat(i + 1.0).as("requests by " + seconds).isLessThan(burst + rate * seconds + 1.01);
    }
  }

  @ParameterizedTest(name = "tainted before the list {0}, answers take {1} ms")
  @CsvSource({"false, 5", "true, 5", "false, 150", "true, 150"})
  void manyNodesAtOnceAreEmptiedWithoutMuchReading(boolean isBefore, long millis) {
    latency = Duration.ofMillis(millis);
    var executor = executor(20, 30);
    list(20, 60, isBefore ? List.of(BY_HAND) : List.of());
    if (!isBefore) {
      nodes.keySet().stream().sorted().toList().forEach(name -> put(name, List.of(BY_HAND), false));
    }
    run(executor, Duration.ofSeconds(150));
    assertThat(count(MarkDisruptionTarget.class)).isEqualTo(1200);
    assertThat(count(DeletePod.class)).isEqualTo(1200);
    var reads = count(ReadNode.class);
    assertThat(reads).isBetween(20L, sent.size() * 15L / 100);
    var last = sent.stream().map(Sent::at).max(Instant::compareTo).orElseThrow();
    var seconds = Duration.between(T0, last).toMillis() / 1000.0;
    assertThat(seconds).isLessThan((2400 - 30 + reads) / 20.0 + 2);
    assertWithinBudget(20, 30);
  }

  @Test
  void atOneRequestPerSecondAndAShareOfFivePercentItStillGoesOn() {
    var executor = executor(1, 1);
    list(3, 20, List.of());
    for (var i = 0; i < 3000; i++) {
      executor.add(
          new PatchNodeTaints(new NodeKey("busy", "uid"), "1", List.of(), List.of(), List.of(), 0));
    }
    nodes.keySet().stream().sorted().toList().forEach(name -> put(name, List.of(BY_HAND), false));
    run(executor, Duration.ofSeconds(1000));
    assertThat(count(DeletePod.class) + count(MarkDisruptionTarget.class))
        .as("one of twenty-one requests each time, after its read")
        .isBetween(40L, 55L);
    assertThat(count(PatchNodeTaints.class)).isGreaterThan(880);
    assertWithinBudget(1, 1);
  }

  private final class Server implements ApiWriter {
    @Override
    public Outcome write(Action.Write write) {
      return switch (write) {
        case MarkDisruptionTarget mark ->
            new Outcome.Succeeded(null, pod(mark.pod().name(), mark.nodeName()), T0);
        default -> new Outcome.Succeeded(null, null, T0);
      };
    }

    @Override
    public Outcome post(EventPost event) {
      throw new AssertionError("no event was added");
    }
  }
}
