package io.nodelifecycle.core.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TolerationMatcherTest {
  private static Taint taint(String key, String value) {
    return new Taint(key, value, Taint.NO_EXECUTE, null);
  }

  @ParameterizedTest(name = "taint k=v:NoExecute, toleration {0} {1} {2} {3}: {4}")
  @CsvSource({
    "k, Equal, v, NoExecute, true",
    "k, '', v, NoExecute, true",
    "k, Exists, '', NoExecute, true",
    "k, Exists, other, NoExecute, true",
    "k, Equal, v, '', true",
    "k, Equal, other, NoExecute, false",
    "k, Equal, '', NoExecute, false",
    "k, '', other, NoExecute, false",
    "other, Equal, v, NoExecute, false",
    "other, Exists, '', NoExecute, false",
    "'', Exists, '', '', true",
    "'', Exists, '', NoExecute, true",
    "'', Equal, v, '', true",
    "'', Equal, other, '', false",
    "k, Equal, v, NoSchedule, false",
    "k, Exists, '', NoSchedule, false",
    "k, Exists, '', noexecute, false",
    "k, exists, '', NoExecute, false",
    "k, NotIn, v, NoExecute, false",
    "K, Exists, '', NoExecute, false",
  })
  void effectKeyAndValueMustFit(
      String key, String operator, String value, String effect, boolean expected) {
    var toleration = new Toleration(key, operator, value, effect, null);
    for (var hasComparison : List.of(true, false)) {
      var matcher = new TolerationMatcher(hasComparison);
      assertThat(matcher.first(List.of(toleration), taint("k", "v")).isPresent())
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "taint value ''{0}'' against ''{1}'': less {2}, greater {3}")
  @CsvSource({
    "4, 5, true, false",
    "5, 5, false, false",
    "6, 5, false, true",
    "-1, 0, true, false",
    "0, -1, false, true",
    "10, 9, false, true",
    "9223372036854775806, 9223372036854775807, true, false",
    "9223372036854775807, 9223372036854775807, false, false",
    "-9223372036854775808, 9223372036854775807, true, false",
    "9223372036854775807, -9223372036854775808, false, true",
    "9223372036854775808, 5, false, false",
    "5, 9223372036854775808, false, false",
    "-9223372036854775809, 5, false, false",
    "5, -9223372036854775809, false, false",
    "99999999999999999999, 5, false, false",
    "04, 5, false, false",
    "4, 05, false, false",
    "+4, 5, false, false",
    "-0, 5, false, false",
    "00, 5, false, false",
    "4.0, 5, false, false",
    "' 4', 5, false, false",
    "'4 ', 5, false, false",
    "'', 5, false, false",
    "4, '', false, false",
    "'', '', false, false",
    "4e0, 5, false, false",
    "0x4, 5, false, false",
    "\u0664, 5, false, false",
    "a, b, false, false",
  })
  void comparisonsNeedIntegersAsTheApiAcceptsThem(
      String taint, String value, boolean isLess, boolean isGreater) {
    assertThat(compares(true, "Lt", taint, value)).as("Lt").isEqualTo(isLess);
    assertThat(compares(true, "Gt", taint, value)).as("Gt").isEqualTo(isGreater);
    assertThat(compares(false, "Lt", taint, value)).as("Lt, gate off").isFalse();
    assertThat(compares(false, "Gt", taint, value)).as("Gt, gate off").isFalse();
  }

  private static boolean compares(boolean gate, String operator, String taint, String value) {
    var toleration = new Toleration("k", operator, value, "", null);
    return new TolerationMatcher(gate).first(List.of(toleration), taint("k", taint)).isPresent();
  }

  @Test
  void theFirstThatMatchesCounts() {
    var other = new Toleration("other", "Exists", "", "", 1L);
    var first = new Toleration("k", "Exists", "", "", 2L);
    var second = new Toleration("", "Exists", "", "", 3L);
    var matcher = new TolerationMatcher(false);
    assertThat(matcher.first(List.of(other, first, second), taint("k", "v"))).contains(first);
    assertThat(matcher.first(List.of(second, first), taint("k", "v"))).contains(second);
    assertThat(matcher.first(List.of(other), taint("k", "v"))).isEmpty();
    assertThat(matcher.first(List.of(), taint("k", "v"))).isEmpty();
  }
}
