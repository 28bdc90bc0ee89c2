package io.nodelifecycle.simulate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.config.ParseOutcome;
import io.nodelifecycle.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ControllerFlagsTest {
  private static final ControllerFlags FLAGS =
      new ControllerFlags(
          "1",
          Map.of("node-eviction-rate", "0.5", "node-monitor-period", "2s"),
          List.of("--node-eviction-rate=0.7"));

  @Test
  void theCommandLineCountsMoreThanTheStoryAndLessThanAComparison() {
    assertThat(settings(List.of()).zones().evictionRate()).isEqualTo(0.7);
    assertThat(settings(List.of()).health().monitorPeriod()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings(List.of("--node-eviction-rate=3")).zones().evictionRate()).isEqualTo(3);
  }

  @Test
  void whatIsWrongIsSaidByTheProgramsOwnReader() {
    assertThat(FLAGS.settings(List.of("--node-eviction-rate=-3")))
        .isInstanceOf(ParseOutcome.Refused.class);
  }

  @Test
  void aControllerIsCalledAfterItsFlags() {
    assertThat(FLAGS.title())
        .isEqualTo("--node-eviction-rate=0.5 --node-monitor-period=2s --node-eviction-rate=0.7");
    assertThat(new ControllerFlags("1", Map.of(), List.of()).title()).isEqualTo("default flags");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a b            | [a, b]
          `  a   b  `    | [a, b]
          a='b c' d      | [a=b c, d]
          a="b c"d       | [a=b cd]
          ''             | []
          """)
  void wordsArePartedByBlanks(String text, String words) {
    assertThat(ControllerFlags.words(text)).hasToString(words);
  }

  private static Settings settings(List<String> more) {
    return ((ParseOutcome.Run) FLAGS.settings(more)).settings();
  }
}
