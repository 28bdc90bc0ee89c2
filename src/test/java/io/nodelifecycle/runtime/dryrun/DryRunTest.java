package io.nodelifecycle.runtime.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.EventSource;
import io.nodelifecycle.core.Action.EventSubject;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.ReadLeases;
import io.nodelifecycle.core.Action.ReadNode;
import io.nodelifecycle.core.Action.SendEvent;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.Observation.PodSeen;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.runtime.EventPost;
import io.nodelifecycle.runtime.SystemTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What the loop is shown of a run that writes nothing, and in which order. */
final class DryRunTest {
  private static final Instant WALL = Instant.parse("2041-07-07T07:00:00Z");
  private static final Taint TAINT =
      Taint.unstamped("node.kubernetes.io/unreachable", Taint.NO_EXECUTE);
  private static final PodKey POD = new PodKey("default", "p", "pod-uid");

  private final List<WouldBeWrite> told = new CopyOnWriteArrayList<>();
  private final List<Observation> shown = new ArrayList<>();
  private final DryRun dryRun =
      new DryRun(
          new SystemTime(),
          new DryRunObserver() {
            @Override
            public void wouldWrite(WouldBeWrite write) {
              told.add(write);
            }

            @Override
            public void wouldPost(EventPost event) {
              throw new AssertionError(event);
            }
          });

  private static NodeSnapshot node() {
    return new NodeSnapshot(
        "n",
        "uid",
        "5",
        WALL,
        Map.of(),
        List.of(),
        false,
        List.of(new NodeCondition(NodeCondition.READY, ConditionStatus.TRUE, WALL, WALL)));
  }

  private static PodSnapshot pod() {
    return new PodSnapshot(
        POD, "6", "n", List.of(), ConditionStatus.TRUE, false, false, WALL, false, false, Map.of());
  }

  @Test
  void aTaintThatWouldGoEndsDeletionsAfterTheLoopWasShownItsNode() throws InterruptedException {
    var sink = dryRun.before(shown::add);
    var api =
        dryRun.over(read ->
            read instanceof ReadNode
                ? new ReadOutcome.Node(node())
                : new ReadOutcome.Leases(Map.of("n", "1")));
    sink.put(new NodeSeen(node(), false, WALL));
    sink.put(new PodSeen(pod(), false, WALL));
    var taint =
        new PatchNodeTaints(node().key(), "5000000", List.of(TAINT), List.of(TAINT), List.of(), 0);
    api.writer().write(taint);
    var live = (ReadOutcome.Node) api.reader().read(new ReadNode(node().key()));
    assertThat(Objects.requireNonNull(live.node()).taints())
        .as("a live read shows what is laid over")
        .hasSize(1);
    assertThat(api.reader().read(new ReadLeases()))
        .isEqualTo(new ReadOutcome.Leases(Map.of("n", "1")));
    api.writer().write(new DeletePod(POD, "n", true, 0));
    assertThat(told).hasSize(2);
    assertThat(shown).as("answers are not shown again").hasSize(2);

    var gone =
        new PatchNodeTaints(node().key(), "5000001", List.of(), List.of(), List.of(TAINT), 0);
    api.writer().write(gone);
    assertThat(told).hasSize(3);
    assertThat(shown.subList(2, shown.size()))
        .extracting(each -> each.getClass().getSimpleName())
        .containsExactly("NodeSeen", "PodGone", "PodSeen");
    assertThat(((NodeSeen) shown.get(2)).node().resourceVersion()).isEqualTo("5000002");
    assertThat(((PodSeen) shown.getLast()).pod().isTerminating()).isFalse();
  }

  @Test
  void eventsAreToldAndAnsweredAsDone() {
    var events = new ArrayList<EventPost>();
    var run =
        new DryRun(
            new SystemTime(),
            new DryRunObserver() {
              @Override
              public void wouldWrite(WouldBeWrite write) {
                throw new AssertionError(write);
              }

              @Override
              public void wouldPost(EventPost event) {
                events.add(event);
              }
            });
    var about = new EventSubject.OfNode(node().key());
    var event =
        new EventPost(
            new SendEvent(about, false, "R", "m", EventSource.NODE_CONTROLLER),
            "n.1",
            1,
            WALL,
            WALL.plus(Duration.ofSeconds(1)),
            false);
    assertThat(run.over(_ -> new ReadOutcome.Node(null)).writer().post(event))
        .isInstanceOf(Observation.Outcome.Succeeded.class);
    assertThat(events).containsExactly(event);
  }
}
