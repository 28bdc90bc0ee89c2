package io.nodelifecycle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.EventSource;
import io.nodelifecycle.core.Action.EventSubject;
import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.Priority;
import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.SendEvent;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Confirmation;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.Observation.WriteEnded;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.schedule.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ActionExecutorTest {
  private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");
  private static final Outcome DONE = new Outcome.Succeeded(null, null, T0);
  private static final Outcome FAILED = new Outcome.Failed("down", Duration.ZERO);

  /** As long as answers are quick. */
  private static final int SLOTS = 12;

  private final FakeWriter writer = new FakeWriter();
  private final Deque<Runnable> requests = new ArrayDeque<>();
  private final List<String> answers = new ArrayList<>();
  private boolean isLeading = true;
  private int wakes;

  private ActionExecutor executor(double rate, int burst) {
    return new ActionExecutor(
        new RequestThreads(writer, writer, requests::add),
        _ -> isLeading,
        (event, wallClock, _) ->
            event.reason().equals("Dropped")
                ? Optional.empty()
                : Optional.of(
                    new EventPost(event, event.message(), 1, wallClock, wallClock, false)),
        () -> wakes++,
        TokenBucket.full(rate, burst, T0),
        new FixedTime(),
        LoopObserver.NONE);
  }

  private static DeletePod delete(int number) {
    var name = "p" + number;
    return new DeletePod(new PodKey("default", name, "uid-" + name), "a", true, 0);
  }

  private static SendEvent event(String reason, String message) {
    return new SendEvent(
        new EventSubject.OfNode(new NodeKey("a", "uid-a")),
        false,
        reason,
        message,
        EventSource.NODE_CONTROLLER);
  }

  private void dispatch(ActionExecutor executor, Instant now) {
    executor.dispatch(
        (request, _) -> new Confirmation.Send(request),
        answer -> {
          if (answer instanceof WriteEnded(var write, var outcome)) {
            answers.add(write.priority() + " " + outcome.getClass().getSimpleName());
          }
        },
        now);
  }

  private void runRequests() {
    while (!requests.isEmpty()) {
      requests.remove().run();
    }
  }

  @Test
  void noMoreIsSentThanTheBudgetAllows() {
    var executor = executor(2, 3);
    for (var i = 0; i < 10; i++) {
      executor.add(delete(i));
    }
    dispatch(executor, T0);
    assertThat(requests).hasSize(3);
    assertThat(executor.nextDispatch(T0)).isEqualTo(T0.plusMillis(500));
    dispatch(executor, T0.plusMillis(499));
    assertThat(requests).hasSize(3);
    dispatch(executor, T0.plusMillis(500));
    assertThat(requests).hasSize(4);
    runRequests();
    executor.settle();
    dispatch(executor, T0.plusSeconds(60));
    assertThat(requests).hasSize(3);
  }

  @Test
  void nothingIsSentWithoutLeadership() {
    var executor = executor(2, 3);
    executor.add(delete(1));
    executor.add(event("Kept", "a"), T0, T0);
    isLeading = false;
    dispatch(executor, T0);
    assertThat(requests).isEmpty();
    assertThat(executor.nextDispatch(T0)).isEqualTo(Instant.MAX);
    isLeading = true;
    assertThat(executor.nextDispatch(T0)).isEqualTo(T0);
    dispatch(executor, T0);
    assertThat(requests).hasSize(2);
  }

  /** What a standby decides, the leader does: it remembers only what would still be to be done. */
  @Test
  void withoutLeadershipWhatIsNotWantedIsForgotten() {
    var executor = executor(2, 3);
    for (var i = 0; i < 1024; i++) {
      executor.add(delete(i));
    }
    executor.tidy(_ -> false, T0);
    assertThat(executor.status(Priority.POD_DELETION).waiting()).as("leads").isEqualTo(1024);
    isLeading = false;
    executor.tidy(write -> write.equals(delete(1000)), T0);
    assertThat(executor.status(Priority.POD_DELETION).waiting()).isEqualTo(1);
    for (var i = 0; i < 1022; i++) {
      executor.add(delete(i));
    }
    executor.tidy(_ -> false, T0);
    assertThat(executor.status(Priority.POD_DELETION).waiting()).as("too few").isEqualTo(1023);
    isLeading = true;
    dispatch(executor, T0);
    runRequests();
    assertThat(writer.written.getFirst()).isEqualTo(delete(1000));
  }

  @Test
  void withoutLeadershipEventsAreAnotherProcesssToSend() {
    var executor = executor(2, 3);
    isLeading = false;
    executor.add(event("Reason", "message"), T0, T0);
    assertThat(executor.status(Priority.EVENTS).waiting()).isZero();
  }

  @Test
  void whatIsNotWantedAnyMoreIsNotSentAndCostsNothing() {
    var executor = executor(1, 1);
    for (var i = 0; i < 10; i++) {
      executor.add(delete(i));
    }
    executor.dispatch(
        (write, _) -> write.equals(delete(9)) ? new Confirmation.Send(write) : Confirmation.DROP,
        _ -> {},
        T0);
    assertThat(requests).hasSize(1);
    runRequests();
    assertThat(writer.written).containsExactly(delete(9));
    assertThat(executor.nextDispatch(T0)).as("the answer is to be taken").isEqualTo(T0);
    executor.settle();
    assertThat(executor.nextDispatch(T0)).isEqualTo(Instant.MAX);
  }

  @Test
  void theFormThatWasConfirmedIsSentAndAnswered() {
    var executor = executor(1, 1);
    var refreshed = delete(77);
    var answered = new ArrayList<Observation>();
    executor.add(delete(1));
    executor.dispatch((_, _) -> new Confirmation.Send(refreshed), answered::add, T0);
    runRequests();
    assertThat(writer.written).containsExactly(refreshed);
    executor.settle();
    assertThat(answered).containsExactly(new WriteEnded(refreshed, DONE));
  }

  @Test
  void anAnswerIsTakenOnTheLoopsThreadAndWakesIt() {
    var executor = executor(1, 1);
    executor.add(delete(1));
    dispatch(executor, T0);
    assertThat(executor.underWay()).isEqualTo(1);
    runRequests();
    assertThat(wakes).isEqualTo(1);
    assertThat(answers).isEmpty();
    executor.settle();
    assertThat(answers).containsExactly("POD_DELETION Succeeded");
    assertThat(executor.underWay()).isZero();
  }

  @Test
  void aWriterThatBreaksIsAFailureLikeAnyOther() {
    var executor = executor(1, 1);
    writer.isBroken = true;
    executor.add(delete(1));
    dispatch(executor, T0);
    runRequests();
    executor.settle();
    assertThat(answers).containsExactly("POD_DELETION Failed");
    assertThat(executor.underWay()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "NODE_STATUS, 12",
    "NODE_TAINTS, 10",
    "POD_NOT_READY, 8",
    "POD_DELETION, 6",
    "NODE_LABELS, 4",
    "EVENTS, 2"
  })
  void aBoundedNumberOfRequestsOfEachPriorityIsUnderWay(Priority priority, int slots) {
    var executor = executor(1_000_000, 1_000_000);
    add(executor, priority, slots - 1);
    dispatch(executor, T0);
    assertThat(requests).hasSize(slots - 1);
    add(executor, priority, 2);
    dispatch(executor, T0.plusSeconds(1));
    assertThat(requests).hasSize(slots);
    assertThat(executor.nextDispatch(T0.plusSeconds(1))).isEqualTo(Instant.MAX);
    dispatch(executor, T0.plusSeconds(2));
    assertThat(requests).hasSize(slots);
    requests.remove().run();
    executor.settle();
    assertThat(executor.nextDispatch(T0.plusSeconds(2))).isEqualTo(T0.plusSeconds(2));
    dispatch(executor, T0.plusSeconds(3));
    assertThat(executor.underWay()).isEqualTo(slots);
  }

  @Test
  void noPriorityWaitsForTheAnswersToLessUrgentRequests() {
    var executor = executor(1_000_000, 1_000_000);
    for (var priority : List.of(Priority.values()).reversed()) {
      var before = executor.underWay();
      add(executor, priority, BudgetPolicy.UNDER_WAY_MAX);
      dispatch(executor, T0);
      assertThat(executor.underWay() - before).as(priority.name()).isEqualTo(2);
      assertThat(executor.nextDispatch(T0)).isEqualTo(Instant.MAX);
    }
    assertThat(executor.underWay()).isEqualTo(SLOTS);
  }

  /** All slots are taken by the most urgent, of which more wait than will ever be sent. */
  @Test
  void aPriorityThatWaitsForASlotGetsOneOfTwenty() {
    var executor = executor(1_000_000, 1_000_000);
    add(executor, Priority.NODE_STATUS, 1000);
    dispatch(executor, T0);
    add(executor, Priority.EVENTS, 10);
    for (var answered = 1; answered <= 100; answered++) {
      requests.remove().run();
      executor.settle();
      dispatch(executor, T0.plusSeconds(answered));
      assertThat(executor.underWay()).isEqualTo(SLOTS);
    }
    assertThat(executor.status(Priority.EVENTS).waiting()).isEqualTo(5);
  }

  private static void add(ActionExecutor executor, Priority priority, int count) {
    for (var i = 0; i < count; i++) {
      add(executor, priority, "x" + i);
    }
  }

  private static void add(ActionExecutor executor, Priority priority, String name) {
    var node = new NodeKey(name, "uid-" + name);
    var pod = new PodKey("default", name, "uid-" + name);
    switch (priority) {
      case NODE_STATUS -> executor.add(new PatchNodeStatus(node, "1", List.of(), 0));
      case NODE_TAINTS ->
          executor.add(new PatchNodeTaints(node, "1", List.of(), List.of(), List.of(), 0));
      case POD_NOT_READY -> executor.add(new MarkPodNotReady(pod, "1", 0));
      case POD_DELETION -> executor.add(new DeletePod(pod, "a", true, 0));
      case NODE_LABELS -> executor.add(new PatchNodeLabels(node, Map.of(), 0));
      case EVENTS -> executor.add(event("Reason", name), T0, T0);
    }
  }

  @Test
  void anEventIsTriedThreeTimes() {
    var executor = executor(100, 100);
    writer.outcome = FAILED;
    executor.add(event("Reason", "message"), T0, T0);
    for (var i = 0; i < 10; i++) {
      dispatch(executor, T0);
      runRequests();
      executor.settle();
    }
    assertThat(writer.posted).containsExactly("message", "message", "message");
    assertThat(executor.nextDispatch(T0)).isEqualTo(Instant.MAX);
  }

  @Test
  void anEventThatTheFilterDropsIsNotSent() {
    var executor = executor(100, 100);
    executor.add(event("Dropped", "message"), T0, T0);
    dispatch(executor, T0);
    assertThat(requests).isEmpty();
  }

  @Test
  void aBoundedNumberOfEventsWaitsAndTheOldestAreDropped() {
    var executor = executor(1_000_000, 1_000_000);
    for (var i = 0; i < BudgetPolicy.EVENTS_WAITING_MAX + 2; i++) {
      executor.add(event("Reason", "event " + i), T0, T0);
    }
    while (executor.status(Priority.EVENTS).waiting() > 0) {
      dispatch(executor, T0);
      runRequests();
      executor.settle();
    }
    assertThat(writer.posted)
        .hasSize(BudgetPolicy.EVENTS_WAITING_MAX)
        .startsWith("event 2")
        .endsWith("event " + (BudgetPolicy.EVENTS_WAITING_MAX + 1));
  }

  @Test
  void writesGoBeforeEventsAndFirstTriesBeforeRetries() {
    var executor = executor(100, 100);
    executor.add(event("Reason", "message"), T0, T0);
    executor.add(new PatchNodeLabels(new NodeKey("a", "uid-a"), Map.of("retry", ""), 1));
    executor.add(new PatchNodeLabels(new NodeKey("a", "uid-a"), Map.of("first", ""), 0));
    executor.add(delete(1));
    dispatch(executor, T0);
    runRequests();
    assertThat(writer.log).containsExactly("DeletePod", "{first=}", "{retry=}", "message");
  }

  private static final class FakeWriter implements ApiWriter, ApiReader {
    final List<Write> written = new ArrayList<>();
    final List<String> posted = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    Outcome outcome = DONE;
    boolean isBroken;

    @Override
    public Outcome write(Write write) {
      if (isBroken) {
        throw new IllegalStateException("broken");
      }
      written.add(write);
      log.add(
          write instanceof PatchNodeLabels labels
              ? labels.labels().toString()
              : write.getClass().getSimpleName());
      return outcome;
    }

    @Override
    public ReadOutcome read(Read read) {
      if (isBroken) {
        throw new IllegalStateException("broken");
      }
      log.add(read.text());
      return new ReadOutcome.Node(null);
    }

    @Override
    public Outcome post(EventPost event) {
      posted.add(event.name());
      log.add(event.name());
      return outcome;
    }
  }
}
