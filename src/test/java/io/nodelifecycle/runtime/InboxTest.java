package io.nodelifecycle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.LeaseSeen;
import io.nodelifecycle.core.Observation.ListEnd;
import io.nodelifecycle.core.Observation.NodeGone;
import io.nodelifecycle.core.Observation.PodGone;
import io.nodelifecycle.core.Observation.WatchBroken;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class InboxTest {
  private final FixedTime time = new FixedTime();
  private final RecordingObserver observer = new RecordingObserver();
  private final Inbox inbox = new Inbox(time, observer);

  private List<Observation> taken() {
    return inbox.take().stream().map(Timed::value).toList();
  }

  private static Observation pod(int number) {
    return new PodGone(new PodKey("default", "p" + number, "uid"));
  }

  @Test
  void whatConcernsNodesOvertakesWhatConcernsPods() throws InterruptedException {
    var lease = new LeaseSeen("a", "1");
    var gone = new NodeGone("a", "uid-a");
    var broken = new WatchBroken(Resource.LEASES);
    inbox.put(pod(1));
    inbox.put(lease);
    inbox.put(new ListEnd(Resource.PODS));
    inbox.put(gone);
    inbox.put(broken);
    assertThat(inbox.isEmpty()).isFalse();
    assertThat(taken()).containsExactly(lease, gone, broken, pod(1), new ListEnd(Resource.PODS));
    assertThat(inbox.isEmpty()).isTrue();
    assertThat(taken()).isEmpty();
  }

  @Test
  void theObserverHearsOfEveryObservationAndHowLongItWaited() throws InterruptedException {
    inbox.put(pod(1));
    time.pass(Duration.ofMillis(30));
    inbox.put(new LeaseSeen("a", "1"));
    assertThat(inbox.waiting(WorkQueue.NODE_OBSERVATIONS)).isEqualTo(1);
    assertThat(inbox.waiting(WorkQueue.POD_OBSERVATIONS)).isEqualTo(1);
    time.pass(Duration.ofMillis(500));
    inbox.take();
    assertThat(observer.notes)
        .containsExactly(
            "add POD_OBSERVATIONS",
            "add NODE_OBSERVATIONS",
            "take NODE_OBSERVATIONS 500",
            "take POD_OBSERVATIONS 530");
    assertThat(inbox.waiting(WorkQueue.POD_OBSERVATIONS)).isZero();
  }

  @Test
  void whatArrivedEarlierIsTakenWithThatTime() throws InterruptedException {
    var arrival = time.now();
    time.pass(Duration.ofMillis(90));
    inbox.put(new LeaseSeen("a", "1"), arrival);
    inbox.put(new LeaseSeen("b", "2"));
    assertThat(inbox.take())
        .extracting(Timed::since)
        .containsExactly(arrival, arrival.plusMillis(90));
  }

  @Test
  void aTurnTakesABoundedNumberOfPodsInTheirOrder() throws InterruptedException {
    for (var i = 0; i < Inbox.CAPACITY; i++) {
      inbox.put(pod(i));
    }
    var first = taken();
    assertThat(first).hasSizeLessThan(Inbox.CAPACITY).startsWith(pod(0), pod(1));
    inbox.put(new LeaseSeen("a", "1"));
    assertThat(taken()).startsWith(new LeaseSeen("a", "1"), pod(first.size()));
  }

  @Test
  void whoFillsALaneWaitsUntilThereIsRoomAndTheOtherLaneStaysOpen() throws InterruptedException {
    for (var i = 0; i < Inbox.CAPACITY; i++) {
      inbox.put(pod(i));
    }
    var reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                inbox.put(pod(Inbox.CAPACITY));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    inbox.put(new LeaseSeen("a", "1"));
    var taken = 0;
    while (taken < Inbox.CAPACITY + 2) {
      taken += inbox.take().size();
      assertThat(taken).isLessThanOrEqualTo(Inbox.CAPACITY + 2);
    }
    reader.join();
    assertThat(inbox.isEmpty()).isTrue();
  }

  @Test
  void aReaderThatWaitsForRoomCanBeInterrupted() throws InterruptedException {
    for (var i = 0; i < Inbox.CAPACITY; i++) {
      inbox.put(pod(i));
    }
    var reader =
        Thread.ofVirtual()
            .unstarted(() -> {
              try {
                inbox.put(pod(-1));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    reader.start();
    reader.interrupt();
    reader.join();
    var taken = new ArrayList<>(taken());
    taken.addAll(taken());
    assertThat(taken).hasSize(Inbox.CAPACITY).doesNotContain(pod(-1));
  }

  @Test
  void awaitReturnsAtOnceWhenSomethingIsThereOrItWasWoken() throws InterruptedException {
    var ever = Duration.ofDays(1);
    inbox.put(pod(1));
    inbox.await(ever);
    inbox.take();
    inbox.wake();
    inbox.await(ever);
    inbox.await(Duration.ZERO);
    assertThat(inbox.isEmpty()).isTrue();
  }
}
