package io.nodelifecycle.simulate.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.nodelifecycle.simulate.record.SimulationRecord;
import io.nodelifecycle.simulate.report.MadeUpOutage;
import io.nodelifecycle.simulate.report.SmallRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Opens reports in a browser that has no network. */
@NeedsChromium
final class HtmlReportIT {
  private static final int SECONDS_MAX = 120;

  @TempDir Path folder;

  static Stream<Arguments> reports() {
    var large = MadeUpOutage.large("large", 1).record();
    return Stream.of(
        argumentSet("large", List.of(large), 5),
        argumentSet("small", List.of(SmallRecords.twoNodesDie("small")), 5),
        argumentSet("hostile", List.of(SmallRecords.hostile()), 5),
        argumentSet("empty", List.of(SmallRecords.empty()), 5),
        argumentSet("two", List.of(large, MadeUpOutage.large("slow", 0.1).record()), 6),
        argumentSet("unlike", List.of(SmallRecords.hostile(), SmallRecords.empty()), 6));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void browserDrawsTheChartsWithoutAnError(List<SimulationRecord> records, int charts)
      throws IOException, InterruptedException {
    var page = folder.resolve("report.html");
    try (var out = Files.newOutputStream(page)) {
      HtmlReport.write(records, out);
    }
    var dom = open(page);
    assertThat(dom).contains("data-charts=\"" + charts + "\"");
    assertThat(dom.split("<canvas", -1)).hasSize(charts + 1);
    assertThat(dom).contains("id=\"errors\" role=\"alert\" hidden").doesNotContain("has an error");
    assertThat(dom).doesNotContain("<img");
  }

  /** What the browser made of the page, scripts left out. */
  private String open(Path page) throws IOException, InterruptedException {
    var dom = folder.resolve("dom.html");
    var process =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--proxy-server=127.0.0.1:9",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=3000",
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(dom).replaceAll("(?s)<script.*?</script>", "");
  }
}
