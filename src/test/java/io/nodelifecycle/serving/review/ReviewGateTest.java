package io.nodelifecycle.serving.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodelifecycle.kubernetes.http.SteppedTime;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ReviewGateTest {
  private final SteppedTime time = new SteppedTime();
  private final ReviewGate gate = new ReviewGate(time);

  @Test
  void onlySoManyAreAskedAtOnceAndTheOthersAreTurnedAwayInTime() throws Exception {
    var inside = new AtomicInteger();
    var release = new CountDownLatch(1);
    var full = new CountDownLatch(ReviewGate.AT_ONCE_MAX);
    var asked = new ArrayList<Future<Integer>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < ReviewGate.AT_ONCE_MAX; i++) {
        asked.add(
            threads.submit(() ->
                gate.pass(() -> {
                  full.countDown();
                  release.await();
                  return inside.incrementAndGet();
                })));
      }
      full.await();
      assertThatThrownBy(() -> gate.pass(() -> 0)).isInstanceOf(ReviewGate.CrowdedException.class);
      release.countDown();
      for (var each : asked) {
        each.get();
      }
    }
    assertThat(gate.<Integer>pass(() -> 7)).isEqualTo(7);
  }

  @Test
  void aQuestionThatFailsLeavesItsPlace() throws Exception {
    for (int i = 0; i < 2 * ReviewGate.AT_ONCE_MAX; i++) {
      assertThatThrownBy(() ->
              gate.pass(() -> {
                throw new ReviewException("no");
              }))
          .isInstanceOf(ReviewException.class)
          .hasMessage("no");
    }
    assertThat(gate.<Integer>pass(() -> 7)).isEqualTo(7);
  }
}
