package io.nodelifecycle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.ReadLeases;
import io.nodelifecycle.core.Action.ReadNode;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Confirmation;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadEnded;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.schedule.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Writes that need a live read first are parked, and what the read costs. */
final class LiveReadTest {
  private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");

  private final List<String> sent = new ArrayList<>();
  private final List<Observation> observed = new ArrayList<>();
  private final Deque<Runnable> requests = new ArrayDeque<>();

  /** The nodes that were read, as the deciding part sees it. */
  private final Set<String> fresh = new HashSet<>();

  /** The pods that are not to be deleted any more. */
  private final Set<String> spared = new HashSet<>();

  private ReadOutcome outcome = new ReadOutcome.Node(null);
  private boolean isBroken;

  private ActionExecutor executor(double rate, int burst) {
    return new ActionExecutor(
        new RequestThreads(new Writer(), this::read, requests::add),
        Leadership.ALONE,
        (_, _, _) -> Optional.empty(),
        () -> {},
        TokenBucket.full(rate, burst, T0),
        new FixedTime(),
        LoopObserver.NONE);
  }

  private ReadOutcome read(Read read) {
    if (isBroken) {
      throw new IllegalStateException("broken");
    }
    sent.add(read.text());
    return outcome;
  }

  private static DeletePod delete(String node, int number) {
    var name = node + number;
    return new DeletePod(new PodKey("default", name, "uid-" + name), node, true, 0);
  }

  private static PatchNodeTaints taints() {
    return new PatchNodeTaints(new NodeKey("x", "uid-x"), "1", List.of(), List.of(), List.of(), 0);
  }

  private Confirmation confirm(Request request, Instant now) {
    if (!(request instanceof DeletePod delete)) {
      return new Confirmation.Send(request);
    }
    if (spared.contains(delete.pod().name())) {
      return Confirmation.DROP;
    }
    var node = delete.nodeName();
    return fresh.contains(node)
        ? new Confirmation.Send(delete)
        : new Confirmation.ReadFirst(new ReadNode(new NodeKey(node, "uid-" + node)));
  }

  private void observe(Observation observation) {
    observed.add(observation);
    if (observation instanceof ReadEnded(ReadNode(var node), ReadOutcome.Node _)) {
      fresh.add(node.name());
    }
  }

  private void dispatch(ActionExecutor executor, Instant now) {
    executor.dispatch(this::confirm, this::observe, now);
  }

  private void answerAll(ActionExecutor executor) {
    while (!requests.isEmpty()) {
      requests.remove().run();
    }
    executor.settle();
  }

  @Test
  void theReadGoesFirstAndTheWriteAfterItsAnswer() {
    var executor = executor(10, 10);
    executor.add(delete("a", 1));
    dispatch(executor, T0);
    assertThat(requests).hasSize(1);
    assertThat(executor.nextDispatch(T0)).isEqualTo(Instant.MAX);
    answerAll(executor);
    assertThat(sent).containsExactly("node a");
    assertThat(executor.nextDispatch(T0)).as("a write is parked").isEqualTo(T0);
    dispatch(executor, T0);
    answerAll(executor);
    assertThat(sent).containsExactly("node a", "deletion of pod default/a1");
    assertThat(executor.nextDispatch(T0)).isEqualTo(Instant.MAX);
    assertThat(executor.underWay()).isZero();
  }

  /** A clock may jump while the answer is on its way, or the node be another one by then. */
  @Test
  void anAnswerThatIsTooOldWhenItsWritesGoOnIsAskedForAgain() {
    var executor = executor(10, 10);
    for (var i = 1; i <= 3; i++) {
      executor.add(delete("a", i));
    }
    dispatch(executor, T0);
    answerAll(executor);
    fresh.clear();
    dispatch(executor, T0);
    assertThat(requests).as("the second read").hasSize(1);
    answerAll(executor);
    for (var i = 1; i <= 3; i++) {
      dispatch(executor, T0);
      answerAll(executor);
    }
    assertThat(sent)
        .containsExactly(
            "node a",
            "node a",
            "deletion of pod default/a1",
            "deletion of pod default/a2",
            "deletion of pod default/a3");
    assertThat(executor.nextDispatch(T0)).isEqualTo(Instant.MAX);
    assertThat(executor.underWay()).isZero();
  }

  @Test
  void writesThatNeedTheSameReadShareIt() {
    var executor = executor(10, 10);
    for (var i = 1; i <= 3; i++) {
      executor.add(delete("a", i));
      executor.add(delete("b", i));
    }
    dispatch(executor, T0);
    assertThat(requests).hasSize(2);
    answerAll(executor);
    dispatch(executor, T0);
    answerAll(executor);
    assertThat(sent.subList(0, 2)).containsExactly("node a", "node b");
    assertThat(sent).hasSize(8);
  }

  @Test
  void theReadPaysForOneWriteAndTheOthersAreNext() {
    var executor = executor(1, 1);
    executor.add(delete("a", 1));
    executor.add(delete("a", 2));
    executor.add(delete("b", 1));
    dispatch(executor, T0);
    answerAll(executor);
    dispatch(executor, T0);
    answerAll(executor);
    assertThat(sent).containsExactly("node a", "deletion of pod default/a1");
    assertThat(executor.nextDispatch(T0)).as("one token is owed").isEqualTo(T0.plusSeconds(2));
    dispatch(executor, T0.plusSeconds(2));
    answerAll(executor);
    assertThat(sent).hasSize(3).endsWith("deletion of pod default/a2");
  }

  @Test
  void whatTheReadPaidForNothingIsGivenBack() {
    var executor = executor(1, 2);
    executor.add(delete("a", 1));
    executor.add(taints());
    spared.add("none");
    dispatch(executor, T0);
    assertThat(sentOrUnderWay()).isEqualTo(2);
    spared.add("a1");
    answerAll(executor);
    dispatch(executor, T0);
    // The read and the taints cost the two tokens that there were.
    assertThat(sent).doesNotContain("deletion of pod default/a1");
    executor.add(taints());
    assertThat(executor.nextDispatch(T0)).isEqualTo(T0.plusSeconds(1));
  }

  private int sentOrUnderWay() {
    return sent.size() + requests.size();
  }

  @Test
  void theFirstThatIsStillWantedGoes() {
    var executor = executor(100, 100);
    for (var i = 1; i <= 4; i++) {
      executor.add(delete("a", i));
    }
    dispatch(executor, T0);
    spared.add("a1");
    spared.add("a2");
    spared.add("a4");
    answerAll(executor);
    dispatch(executor, T0);
    answerAll(executor);
    assertThat(sent).containsExactly("node a", "deletion of pod default/a3");
    assertThat(executor.nextDispatch(T0)).isEqualTo(Instant.MAX);
  }

  @Test
  void aReadThatBreaksIsAFailureLikeAnyOther() {
    var executor = executor(10, 10);
    isBroken = true;
    executor.add(delete("a", 1));
    dispatch(executor, T0);
    spared.add("a1");
    answerAll(executor);
    dispatch(executor, T0);
    assertThat(observed)
        .singleElement()
        .isEqualTo(
            new ReadEnded(
                new ReadNode(new NodeKey("a", "uid-a")),
                new ReadOutcome.Failed("java.lang.IllegalStateException: broken", Duration.ZERO)));
    assertThat(sent).isEmpty();
    assertThat(executor.underWay()).isZero();
  }

  @Test
  void aReadOfLeasesHasATurnBeforeWhatWaitsOfItsPriority() {
    var executor = executor(1, 1);
    outcome = new ReadOutcome.Leases(Map.of());
    executor.add(new PatchNodeLabels(new NodeKey("a", "uid-a"), Map.of(), 0));
    executor.add(taints());
    executor.add(new ReadLeases());
    dispatch(executor, T0);
    answerAll(executor);
    assertThat(sent).containsExactly("leases of all nodes");
    assertThat(observed).containsExactly(new ReadEnded(new ReadLeases(), outcome));
    assertThat(executor.nextDispatch(T0)).isEqualTo(T0.plusSeconds(1));
  }

  @Test
  void aReadThatIsNotWantedAnyMoreCostsNothing() {
    var executor = executor(1, 1);
    executor.add(new ReadLeases());
    executor.dispatch((_, _) -> Confirmation.DROP, _ -> {}, T0);
    assertThat(requests).isEmpty();
    executor.add(taints());
    assertThat(executor.nextDispatch(T0)).isEqualTo(T0);
  }

  @Test
  void nothingThatWasParkedIsSentWithoutBeingDispatched() {
    var executor = executor(10, 10);
    executor.add(delete("a", 1));
    dispatch(executor, T0);
    // The end of a run: answers are awaited, and nothing new is begun.
    answerAll(executor);
    assertThat(sent).containsExactly("node a");
    assertThat(executor.underWay()).isZero();
  }

  private final class Writer implements ApiWriter {
    @Override
    public Outcome write(Write write) {
      sent.add(write.text());
      return new Outcome.Succeeded(null, null, T0);
    }

    @Override
    public Outcome post(EventPost event) {
      throw new AssertionError("no event was added");
    }
  }
}
