package io.nodelifecycle.sandbox.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgeTest {
  @ParameterizedTest
  @CsvSource({
    "PT-2S, <invalid>",
    "PT-1S, 0s",
    "PT0S, 0s",
    "PT1M59S, 119s",
    "PT2M, 2m",
    "PT2M1S, 2m1s",
    "PT9M59S, 9m59s",
    "PT10M, 10m",
    "PT2H59M59S, 179m",
    "PT3H, 3h",
    "PT3H1M, 3h1m",
    "PT7H59M, 7h59m",
    "PT8H, 8h",
    "PT47H59M, 47h",
    "PT48H, 2d",
    "P2DT5H, 2d5h",
    "P7DT23H, 7d23h",
    "P8DT3H, 8d",
    "P729D, 729d",
    "P730D, 2y",
    "P733D, 2y3d",
    "P2919D, 7y364d",
    "P2920D, 8y",
  })
  void agesGetCoarser(Duration age, String text) {
    assertThat(Age.of(age)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-04T05:06:07Z, 5s",
    "'', <unknown>",
    "yesterday, <unknown>",
    "+999999999-12-31T23:59:59Z, <invalid>",
  })
  void timestampsMayBeAnything(String timestamp, String text) {
    assertThat(Age.since(timestamp, Instant.parse("2026-03-04T05:06:12Z"))).isEqualTo(text);
  }
}
