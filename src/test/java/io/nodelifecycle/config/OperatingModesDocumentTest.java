package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of all combinations of controllers, flags and gates. */
final class OperatingModesDocumentTest {
  private static final int SWITCHES = 8;

  static Stream<List<Boolean>> combinations() {
    return IntStream.range(0, 1 << SWITCHES)
        .mapToObj(bits ->
            IntStream.range(0, SWITCHES).mapToObj(bit -> (bits & (1 << bit)) != 0).toList());
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void everyCombinationIsInExactlyOneRowThatTellsWhatItComesTo(List<Boolean> values) {
    var rows = OperatingModesDocument.rows().stream().filter(row -> row.fits(values)).toList();
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().mode()).isEqualTo(OperatingModesDocument.mode(values));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void theProgramReadsTheSameFromItsFlags(List<Boolean> values) {
    var controllers =
        (values.get(0) ? "" : "-")
            + "node-lifecycle-controller,"
            + (values.get(1) ? "" : "-")
            + "taint-eviction-controller";
    var gates =
        "TaintBasedEvictions=%s,TaintNodesByCondition=%s,PodDisruptionConditions=%s,"
            + "TaintTolerationComparisonOperators=%s,TolerationSecondsFromTaint=%s";
    String[] flags = {
      "--controllers=" + controllers,
      "--enable-taint-manager=" + values.get(2),
      "--feature-gates=" + gates.formatted(values.subList(3, SWITCHES).toArray())
    };
    var mode = OperatingModesDocument.mode(values);
    if (mode.isNothing()) {
      assertThat(CommandLines.problems(flags)).hasSize(1);
    } else {
      assertThat(CommandLines.problems(flags)).isEmpty();
      assertThat(CommandLines.settings(flags).mode()).isEqualTo(mode);
    }
  }

  @Test
  void rowsAreAsFewAsPossible() {
    assertThat(OperatingModesDocument.rows()).hasSize(50).doesNotHaveDuplicates();
  }
}
