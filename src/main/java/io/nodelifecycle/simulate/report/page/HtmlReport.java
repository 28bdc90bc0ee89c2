package io.nodelifecycle.simulate.report.page;

import io.nodelifecycle.simulate.record.SimulationRecord;
import io.nodelifecycle.simulate.report.figures.Comparison;
import io.nodelifecycle.simulate.report.figures.Moments;
import io.nodelifecycle.simulate.report.figures.Stage;
import io.nodelifecycle.simulate.report.figures.Summary;
import io.nodelifecycle.simulate.report.figures.Wording;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records as one HTML file, which needs neither other files nor a network. */
public final class HtmlReport {
  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/";
  private static final String OURS = "/io/nodelifecycle/simulate/report/";

  private final List<SimulationRecord> records;
  private final List<String> titles;
  private final List<Summary> summaries;

  private HtmlReport(List<SimulationRecord> records) {
    this.records = records;
    titles = Comparison.titles(records);
    summaries = records.stream().map(Summary::of).toList();
  }

  /**
   * Writes UTF-8 and leaves the stream open. Several records are shown side by side.
   *
   * @throws IllegalArgumentException if there is no record
   * @throws IOException if writing fails
   */
  public static void write(List<SimulationRecord> records, OutputStream out) throws IOException {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("no record to report on");
    }
    var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    new HtmlReport(List.copyOf(records)).write(writer);
    writer.flush();
  }

  private void write(Writer out) throws IOException {
    var parts =
        Map.of(
            "title", new Html().text("Simulated outage: " + String.join(" | ", titles)).toString(),
            "chart-licence", resource(CHARTS + "LICENSE"),
            "chart-style", resource(CHARTS + "dist/uPlot.min.css"),
            "chart-script", resource(CHARTS + "dist/uPlot.iife.min.js"),
            "style", resource(OURS + "page.css"),
            "script", resource(OURS + "page.js"),
            "header", header(),
            "summary", summary(),
            "timeline", timeline(),
            "charts", ChartJson.of(records));
    var rest = resource(OURS + "page.html");
    for (int start = rest.indexOf("{{"); start >= 0; start = rest.indexOf("{{")) {
      int end = rest.indexOf("}}", start);
      out.write(rest, 0, start);
      out.write(parts.getOrDefault(rest.substring(start + 2, end), ""));
      rest = rest.substring(end + 2);
    }
    out.write(rest);
  }

  private String header() {
    var page = new Html();
    var first = records.getFirst();
    page.element("h1", "Simulated outage").raw("<ul class=\"runs\">");
    for (int i = 0; i < records.size(); i++) {
      page.raw("<li>").element("strong", titles.get(i));
      records
          .get(i)
          .flags()
          .forEach((name, value) -> page.element("code", "--" + name + "=" + value));
      page.raw("</li>");
    }
    page.raw("</ul><div class=\"tiles\">");
    tile(page, Wording.time(first.length()), "cluster time", "");
    tile(
        page,
        Wording.count(first.nodes()),
        "nodes",
        "in " + Wording.count(first.zones().size(), "zone"));
    tile(page, Wording.count(first.pods()), "pods", "");
    if (records.size() == 1) {
      tiles(page, summaries.getFirst());
    }
    return page.raw("</div>").toString();
  }

  private static void tiles(Html page, Summary summary) {
    stage(page, summary, Stage.NODE_UNKNOWN);
    stage(page, summary, Stage.NODE_TAINTED);
    stage(page, summary, Stage.POD_EVICTED);
    var longest =
        summary.lost().stream()
            .map(row -> row.workload().lostAllFor())
            .max(Comparator.naturalOrder());
    tile(
        page,
        Wording.count(summary.lost().size()),
        "workloads without a running pod",
        longest.map(time -> "longest " + Wording.time(time)).orElse(""));
    tile(
        page,
        Wording.count(summary.untaintedNodes()),
        "dead nodes never tainted",
        "of " + Wording.count(summary.level().deadAtEnd()) + " dead at the end");
    tile(
        page,
        Wording.count(summary.peak().requests()),
        "API calls in the busiest second",
        Wording.count(summary.requests().total()) + " in all");
    if (!summary.stops().isEmpty()) {
      tile(page, Wording.time(summary.stopped()), "all evictions stopped", "");
    }
  }

  private static void stage(Html page, Summary summary, Stage stage) {
    var moments = summary.stage(stage);
    tile(page, Wording.count(moments.count()), stage.title(), span(moments.times()));
  }

  private static String span(Optional<Moments.Times> times) {
    return times.map(span -> span(span.first(), span.last())).orElse("");
  }

  private static String span(Duration first, Duration last) {
    var from = Wording.time(first);
    var to = Wording.time(last);
    return from.equals(to) ? "at " + from : from + " – " + to;
  }

  private static void tile(Html page, String figure, String title, String more) {
    page.raw("<div class=\"tile\">")
        .element("b", figure)
        .element("span", title)
        .element("small", more)
        .raw("</div>");
  }

  private String summary() {
    var page = new Html();
    var tables = new PageTables(page);
    if (records.size() == 1) {
      tables.summary(summaries.getFirst());
      return page.toString();
    }
    tables.comparison(Comparison.of(records));
    for (int i = 0; i < records.size(); i++) {
      page.raw("<details class=\"run\"><summary>").text("Summary of " + titles.get(i));
      page.raw("</summary>");
      tables.summary(summaries.get(i));
      page.raw("</details>");
    }
    return page.toString();
  }

  private String timeline() {
    var page = new Html();
    for (int i = 0; i < records.size(); i++) {
      if (records.size() > 1) {
        page.element("h3", titles.get(i));
      }
      new PageTimeline(page).lines(records.get(i));
    }
    return page.toString();
  }

  private static String resource(String path) throws IOException {
    try (var in = HtmlReport.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("the program's own file " + path + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
