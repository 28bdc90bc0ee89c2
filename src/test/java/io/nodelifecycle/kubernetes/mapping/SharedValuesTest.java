package io.nodelifecycle.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SharedValuesTest {
  private final SharedValues values = new SharedValues(true);

  /** Tolerations that no other number has. */
  private static List<Toleration> tolerations(int number, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Toleration("k" + i, "Equal", number + "-" + i, "", null))
        .toList();
  }

  private static Map<String, String> labels(int number, int count) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(i -> "k" + i, i -> number + "-" + i));
  }

  @Test
  void equalListsBecomeOne() {
    var first = values.tolerations(tolerations(1, 200));
    assertThat(values.tolerations(tolerations(1, 200))).isSameAs(first);
    assertThat(values.tolerations(tolerations(2, 200))).isNotSameAs(first);
  }

  @ParameterizedTest
  @CsvSource({"2, 8000, true", "200, 80, true", "2, 16500, false", "200, 170, false"})
  void whatWasNotMetForAWhileIsForgottenHoweverItIsDividedIntoLists(
      int each, int lists, boolean isKept) {
    var first = values.tolerations(tolerations(-1, 2));
    for (var i = 0; i < lists; i++) {
      values.tolerations(tolerations(i, each));
    }
    assertKept(isKept, first, values.tolerations(tolerations(-1, 2)));
  }

  @ParameterizedTest
  @CsvSource({"2, 8000, true", "200, 80, true", "2, 16500, false", "200, 170, false"})
  void labelsAreForgottenInTheSameWay(int each, int sets, boolean isKept) {
    var first = values.labels(labels(-1, 2));
    for (var i = 0; i < sets; i++) {
      values.labels(labels(i, each));
    }
    assertKept(isKept, first, values.labels(labels(-1, 2)));
  }

  private static void assertKept(boolean isKept, Object first, Object again) {
    if (isKept) {
      assertThat(again).isSameAs(first);
    } else {
      assertThat(again).isNotSameAs(first);
    }
  }

  @Test
  void whatIsLargerThanAllThatIsRememberedIsNotRemembered() {
    var usual = values.tolerations(tolerations(1, 2));
    var huge = values.tolerations(tolerations(2, 20_000));
    assertThat(values.tolerations(tolerations(2, 20_000))).isNotSameAs(huge);
    assertThat(values.tolerations(tolerations(1, 2))).isSameAs(usual);
  }
}
