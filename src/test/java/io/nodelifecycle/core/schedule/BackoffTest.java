package io.nodelifecycle.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
  @ParameterizedTest(name = "failure {0}, Retry-After {1} s: wait {2} s")
  @CsvSource({
    "0, 0, 1",
    "1, 0, 1",
    "2, 0, 2",
    "3, 0, 4",
    "8, 0, 128",
    "9, 0, 256",
    "10, 0, 300",
    "11, 0, 300",
    "64, 0, 300",
    "65, 0, 300",
    "2147483647, 0, 300",
    "-2147483648, 0, 1",
    "1, 1, 1",
    "1, 7, 7",
    "4, 7, 8",
    "4, 8, 8",
    "4, 9, 9",
    "1, 299, 299",
    "1, 300, 300",
    "1, 301, 300",
    "1, -5, 1",
    "3, 9223372036854775807, 300",
  })
  void doublesFromOneSecondToFiveMinutesOrAsLongAsTheApiServerAsks(
      int attempt, long retryAfter, long expected) {
    assertThat(Backoff.after(attempt, Duration.ofSeconds(retryAfter)))
        .isEqualTo(Duration.ofSeconds(expected));
  }
}
