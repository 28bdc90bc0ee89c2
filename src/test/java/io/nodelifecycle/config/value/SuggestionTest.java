package io.nodelifecycle.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggestionTest {
  private static final List<String> KNOWN =
      List.of("--leader-elect", "--leader-elect-retry-period", "--log-dir", "--log-format", "-v");

  @ParameterizedTest(name = "{0} means {1}")
  @CsvSource({
    "--leader-elekt, --leader-elect",
    "--leader_elect, --leader-elect",
    "--LEADER-ELECT, --leader-elect",
    "--leaderelect, --leader-elect",
    "--leader-elcet, --leader-elect",
    "--leader-elects, --leader-elect",
    "--leader-elect-re, --leader-elect-retry-period",
    "--log-forma, --log-format",
    "--log-fromat, --log-format",
    "--log-folder, --log-dir",
    "--logdir, --log-dir",
  })
  void findsTheClosestWord(String word, String meant) {
    assertThat(Suggestion.closest(word, KNOWN)).contains(meant);
    assertThat(Suggestion.question(word, KNOWN)).isEqualTo(" (did you mean " + meant + "?)");
  }

  @ParameterizedTest(name = "{0} means nothing known")
  @CsvSource({"''", "xy", "--profiling", "--cluster-cidr", "x"})
  void staysSilentWhereNothingIsClose(String word) {
    assertThat(Suggestion.closest(word, KNOWN)).isEmpty();
    assertThat(Suggestion.question(word, KNOWN)).isEmpty();
  }

  @Test
  void doesNotCompareEndlessWords() {
    assertThat(Suggestion.closest("a".repeat(100), List.of("a".repeat(101)))).isPresent();
    assertThat(Suggestion.closest("a".repeat(101), List.of("a".repeat(101)))).isEmpty();
  }
}
