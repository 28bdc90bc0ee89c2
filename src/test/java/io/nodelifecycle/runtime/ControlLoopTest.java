package io.nodelifecycle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Announcement;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.LifecycleController;
import io.nodelifecycle.core.Observation.LeaseSeen;
import io.nodelifecycle.core.Observation.ListBegin;
import io.nodelifecycle.core.Observation.ListEnd;
import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.testing.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ControlLoopTest {
  private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant WALL = Instant.parse("2041-07-07T07:00:00Z");

  private final FixedTime time = new FixedTime();
  private final RecordingObserver observer = new RecordingObserver();
  private final FakeWriter writer = new FakeWriter();
  private final List<Announcement> announcements = new ArrayList<>();
  private final CountDownLatch reads = new CountDownLatch(1);
  private final ControlLoop loop =
      new ControlLoop(
          new LifecycleController(CorePolicy.defaults()),
          new ApiAccess(writer, _ -> neverAnswered()),
          Leadership.ALONE,
          (event, wallClock, _) ->
              Optional.of(new EventPost(event, event.reason(), 1, wallClock, wallClock, false)),
          announcements::add,
          new BudgetPolicy(20, 30),
          time,
          observer);

  private ReadOutcome neverAnswered() {
    reads.countDown();
    Pause.of(Duration.ofMinutes(5));
    return new ReadOutcome.Failed("nobody listens", Duration.ZERO);
  }

  @AfterEach
  void close() {
    loop.close();
  }

  private void listNode(Map<String, String> labels, ConditionStatus ready)
      throws InterruptedException {
    var condition = new NodeCondition(NodeCondition.READY, ready, WALL, WALL);
    var node =
        new NodeSnapshot("a", "uid-a", "1", WALL, labels, List.of(), false, List.of(condition));
    loop.put(new ListBegin(Resource.NODES));
    loop.put(new NodeSeen(node, true, WALL));
    loop.put(new ListEnd(Resource.NODES));
    loop.put(new ListEnd(Resource.LEASES));
    loop.put(new ListEnd(Resource.PODS));
  }

  private List<Action.Blinded> blinded() {
    return announcements.stream()
        .filter(Action.Blinded.class::isInstance)
        .map(Action.Blinded.class::cast)
        .toList();
  }

  @Test
  void oneStepTakesNoteJudgesAndSends() throws InterruptedException {
    listNode(Map.of("kubernetes.io/os", "linux"), ConditionStatus.TRUE);
    loop.step(T0);
    assertThat(announcements).contains(new Action.Synced(1, 0));
    assertThat(writer.writes.poll(30, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Action.PatchNodeLabels.class,
            patch ->
                assertThat(patch.labels())
                    .containsExactly(Map.entry("beta.kubernetes.io/os", "linux")));
  }

  @Test
  void aLongGapBetweenStepsIsAPause() throws InterruptedException {
    listNode(Map.of(), ConditionStatus.TRUE);
    loop.step(T0);
    loop.step(T0.plusSeconds(2));
    loop.step(T0.plusSeconds(12));
    assertThat(blinded()).as("no longer than two monitor periods").isEmpty();
    loop.step(T0.plusSeconds(12).plusMillis(10_001));
    assertThat(blinded()).hasSize(1);
  }

  @Test
  void aPauseIsTakenNoteOfBeforeAnythingIsJudged() throws InterruptedException {
    listNode(Map.of(), ConditionStatus.TRUE);
    loop.step(T0);
    loop.step(T0.plus(Duration.ofHours(1)));
    assertThat(announcements).noneMatch(Action.NodeSilent.class::isInstance);
    assertThat(writer.writes).isEmpty();
  }

  /** However it was gathered with others; a thread that is late is another matter. */
  @Test
  void aHeartbeatCountsFromWhenItArrived() throws InterruptedException {
    var now = T0.plusSeconds(1);
    loop.put(new LeaseSeen("early", "1"), now.minusMillis(251));
    loop.put(new LeaseSeen("edge", "2"), now.minusMillis(250));
    loop.put(new LeaseSeen("soon", "3"), now.minusMillis(90));
    loop.put(new LeaseSeen("after", "4"), now.plusMillis(1));
    loop.step(now);
    assertThat(observer.heartbeats)
        .containsEntry("early", now.minusMillis(250))
        .containsEntry("edge", now.minusMillis(250))
        .containsEntry("soon", now.minusMillis(90))
        .containsEntry("after", now);
  }

  @Test
  void theStatusIsPublishedOnceASecond() throws InterruptedException {
    listNode(Map.of("kubernetes.io/os", "linux"), ConditionStatus.TRUE);
    loop.step(T0);
    loop.step(T0.plusMillis(999));
    assertThat(observer.published)
        .singleElement()
        .satisfies(status -> {
          assertThat(status.at()).isEqualTo(T0);
          assertThat(status.lifecycle().nodes()).isEqualTo(1);
          assertThat(status.queues()).containsOnlyKeys(WorkQueue.values());
          assertThat(status.queues().get(WorkQueue.NODE_LABELS))
              .isEqualTo(new QueueStatus(0, 1, Duration.ZERO, Duration.ZERO));
        });
    loop.step(T0.plusMillis(1000));
    assertThat(observer.published).hasSize(2);
  }

  @Test
  void theObserverHearsWhatAStepDid() throws InterruptedException {
    listNode(Map.of("kubernetes.io/os", "linux"), ConditionStatus.TRUE);
    observer.notes.clear();
    loop.step(T0);
    assertThat(observer.notes)
        .containsSubsequence(
            "take NODE_OBSERVATIONS 0",
            "take POD_OBSERVATIONS 0",
            "judge 1",
            "add NODE_LABELS",
            "take NODE_LABELS 0",
            "send NODE_LABELS",
            "work NODE_OBSERVATIONS 0",
            "work POD_OBSERVATIONS 0");
    observer.notes.clear();
    loop.step(T0.plusMillis(10));
    assertThat(observer.notes).as("nothing came").noneMatch(note -> note.contains("OBSERVATIONS"));
  }

  @Test
  void stoppingEndsTheRun() throws InterruptedException {
    loop.stop();
    loop.run((_, _) -> {});
    assertThat(writer.writes).isEmpty();
  }

  /** A list of all leases may take long, and the lease of the election waits for the end. */
  @Test
  void theEndWaitsForNoLiveRead() throws InterruptedException {
    listNode(Map.of(), ConditionStatus.TRUE);
    for (var second = 0; second < 60; second++) {
      loop.step(T0.plusSeconds(second));
    }
    assertThat(reads.await(30, TimeUnit.SECONDS)).as("a lease is read").isTrue();
    loop.stop();
    assertThat(loop.run((_, _) -> {})).isTrue();
  }

  /** Five seconds, then it is given up. */
  @Test
  void theEndWaitsForAWrite() throws InterruptedException {
    writer.patience = Duration.ofMinutes(5);
    listNode(Map.of("kubernetes.io/os", "linux"), ConditionStatus.TRUE);
    loop.step(T0);
    assertThat(writer.writes.poll(30, TimeUnit.SECONDS)).isNotNull();
    Thread.startVirtualThread(() -> {
      for (var i = 0; i < 500; i++) {
        Pause.of(Duration.ofMillis(20));
        time.pass(Duration.ofMillis(100));
        loop.wake();
      }
    });
    loop.stop();
    assertThat(loop.run((_, _) -> {})).isFalse();
    assertThat(time.now()).isAfterOrEqualTo(T0.plusSeconds(5));
  }

  private static final class FakeWriter implements ApiWriter {
    final LinkedBlockingQueue<Action.Write> writes = new LinkedBlockingQueue<>();
    volatile Duration patience = Duration.ZERO;

    @Override
    public Outcome write(Action.Write write) {
      writes.add(write);
      Pause.of(patience);
      return new Outcome.Failed("nobody listens", Duration.ZERO);
    }

    @Override
    public Outcome post(EventPost event) {
      return new Outcome.Succeeded(null, null, WALL);
    }
  }
}
