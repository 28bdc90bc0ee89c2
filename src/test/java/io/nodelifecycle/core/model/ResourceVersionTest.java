package io.nodelifecycle.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResourceVersionTest {
  @ParameterizedTest(name = "''{0}'' is certainly older than ''{1}'': {2}")
  @CsvSource({
    "4, 5, true",
    "5, 5, false",
    "6, 5, false",
    "9, 10, true",
    "10, 9, false",
    "99, 100, true",
    "9223372036854775807, 9223372036854775808, true",
    "99999999999999999999999, 100000000000000000000000, true",
    "'', 5, false",
    "5, '', false",
    "abc, 5, false",
    "4, 5x, false",
    "-4, 5, false",
    "04, 5, false",
    "0, 5, false",
    "4.5, 5, false",
  })
  void decimalIntegersAreComparedAndNothingElse(String one, String other, boolean isOlder) {
    assertThat(ResourceVersion.isOlder(one, other)).isEqualTo(isOlder);
  }
}
