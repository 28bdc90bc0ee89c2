package io.nodelifecycle.simulate.report.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordingTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.999S, 0s",
    "PT59.999S, 59s",
    "PT60S, 1m00s",
    "PT12M34S, 12m34s",
    "PT59M59S, 59m59s",
    "PT1H, 1h00m00s",
    "PT26H2M3S, 26h02m03s",
    "-PT1M5S, -1m05s"
  })
  void timeIsWrittenToTheSecond(Duration time, String text) {
    assertThat(Wording.time(time)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 nodes", "1, 1 node", "2, 2 nodes", "999, 999 nodes", "1000, '1,000 nodes'"})
  void nounFollowsItsNumber(long number, String text) {
    assertThat(Wording.count(number, "node")).isEqualTo(text);
  }

  @Test
  void whatSteersATerminalIsReplaced() {
    assertThat(Wording.printable("a\0b\u001b[31m\u2028c\u202ed\ud800é😀"))
        .isEqualTo("a\ufffdb\ufffd[31m\ufffdc\ufffdd\ufffdé😀");
    assertThat(Wording.zone("")).isEqualTo("(no zone)");
  }

  @ParameterizedTest
  @CsvSource({"abcd, 5, abcd", "abcd, 4, abcd", "abcd, 3, ab…", "ab😀d, 4, ab…"})
  void cutTextEndsInAnEllipsis(String text, int max, String cut) {
    assertThat(Wording.cut(text, max)).isEqualTo(cut);
  }
}
