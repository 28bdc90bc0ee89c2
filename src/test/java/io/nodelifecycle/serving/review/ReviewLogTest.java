package io.nodelifecycle.serving.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.kubernetes.http.SteppedTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class ReviewLogTest {
  @Test
  void theSameIsSaidOnceAMinute() {
    var time = new SteppedTime();
    var log = new ReviewLog(LoggerFactory.getLogger(ReviewLogTest.class), time);
    assertThat(log.isWorthSaying("a")).isTrue();
    time.pass(Duration.ofSeconds(59));
    assertThat(log.isWorthSaying("a")).isFalse();
    time.pass(Duration.ofSeconds(1));
    assertThat(log.isWorthSaying("a")).isTrue();
    assertThat(log.isWorthSaying("b")).isTrue();
    assertThat(log.isWorthSaying("a")).isTrue();
  }
}
