package io.nodelifecycle.simulate.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nodelifecycle.simulate.record.SimulationRecord;
import io.nodelifecycle.simulate.report.MadeUpOutage;
import io.nodelifecycle.simulate.report.SmallRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class HtmlReportTest {
  private static final Pattern CHARTS =
      Pattern.compile("<script type=\"application/json\" id=\"runs\">([^<]*)</script>");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<h1>Simulated outage</h1>",
        "<strong>defaults</strong>",
        "<code>--node-eviction-rate=0.01</code>",
        "<b>2</b><span>nodes marked Unknown</span><small>at 5m40s</small>",
        "<b>1</b><span>workloads without a running pod</span><small>longest 6m22s</small>",
        "<td>shop/StatefulSet/db</td>",
        "<td>waits for its turn: 0.01 nodes a second</td>",
        "<span class=\"what\">2 nodes are Unknown</span></summary>",
        "<li>5m40s node-4 is Unknown</li>",
        "Permission is hereby granted, free of charge",
        "var uPlot="
      })
  void pageHasWhatPeopleLookFor(String part) throws IOException {
    assertThat(page(SmallRecords.twoNodesDie("defaults"))).contains(part);
  }

  @Test
  void namesBecomeNeitherMarkupNorScript() throws IOException {
    var ordinary = page(SmallRecords.twoNodesDie("defaults"), SmallRecords.empty());
    var page = page(SmallRecords.hostile(), SmallRecords.hostile());
    assertThat(page).doesNotContain("<img", "<b>\ufffd", "</script><b>", "\0", "\u001b", "\u2028");
    assertThat(count(page, "<script")).isEqualTo(count(ordinary, "<script"));
    assertThat(count(page, "</script")).isEqualTo(count(ordinary, "</script"));
    assertThat(page).contains("&lt;/script&gt;&lt;b&gt;", "${1}{{title}}");
    assertThat(charts(page).at("/0/zones/0").asString()).startsWith("</script><b>");
  }

  @Test
  void pageRefersToNothingOutside() throws IOException {
    assertThat(page(SmallRecords.twoNodesDie("defaults")))
        .doesNotContainPattern("(?i)\\b(src|href|action|srcset|data)\\s*=\\s*[\"']")
        .doesNotContainPattern("(?i)url\\(|@import|fetch\\(|XMLHttpRequest|<link|<iframe")
        .contains("default-src 'none'");
  }

  @Test
  void largePageStaysSmall() throws IOException {
    var large = MadeUpOutage.large("large", 1).record();
    assertThat(page(large)).hasSizeLessThan(1_000_000);
    assertThat(page(large, large, large)).hasSizeLessThan(3_000_000);
  }

  @Test
  void chartsGetLevelsAndRates() throws IOException {
    var run = charts(page(SmallRecords.twoNodesDie("defaults"))).get(0);
    assertThat(run.get("times").toString()).isEqualTo("[0,600,1200]");
    assertThat(run.get("unknown").toString()).isEqualTo("[[0,0,0],[0,2,2]]");
    assertThat(run.get("evictedPods").toString()).isEqualTo("[[0,0,0],[0,0,2]]");
    assertThat(run.get("calls").get(1).toString()).isEqualTo("[0,0.01,0.02]");
    assertThat(run.get("marks").toString())
        .isEqualTo("[{\"at\":300,\"text\":\"b: 2 of 3 nodes die\"}]");
    assertThat(run.get("stops").toString()).isEqualTo("[[340,341]]");
  }

  @Test
  void severalRecordsAreCompared() throws IOException {
    var page = page(SmallRecords.twoNodesDie("a"), SmallRecords.twoNodesDie("b"));
    assertThat(page).contains("<h3>b, against a</h3>", "Summary of a</summary>");
    assertThat(charts(page).size()).isEqualTo(2);
  }

  @Test
  void reportNeedsARecord() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HtmlReport.write(List.of(), OutputStream.nullOutputStream()));
  }

  private static JsonNode charts(String page) {
    var matcher = CHARTS.matcher(page);
    assertThat(matcher.find()).isTrue();
    return JsonMapper.shared().readTree(matcher.group(1));
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static String page(SimulationRecord... records) throws IOException {
    var out = new ByteArrayOutputStream();
    HtmlReport.write(List.of(records), out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
