package io.nodelifecycle.simulate.report.page;

import io.nodelifecycle.simulate.record.WorkloadRecord;
import io.nodelifecycle.simulate.report.figures.Comparison;
import io.nodelifecycle.simulate.report.figures.Measure;
import io.nodelifecycle.simulate.report.figures.Moments;
import io.nodelifecycle.simulate.report.figures.Stage;
import io.nodelifecycle.simulate.report.figures.Summary;
import io.nodelifecycle.simulate.report.figures.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tables of the page. */
final class PageTables {
  private static final int ROWS = 12;
  private static final int NAMES = 5;

  private final Html page;

  PageTables(Html page) {
    this.page = page;
  }

  void summary(Summary summary) {
    page.raw("<div class=\"columns\"><section>").element("h3", "What happened");
    stages(summary);
    page.raw("</section><section>").element("h3", "By zone");
    zones(summary);
    page.raw("</section></div>").element("h3", "Workloads that lost pods");
    workloads(summary);
    untainted(summary);
    stops(summary);
  }

  void comparison(Comparison comparison) {
    for (var warning : comparison.warnings()) {
      page.element("p class=\"warning\"", "Not the same: " + warning);
    }
    var titles = new ArrayList<String>(List.of(""));
    comparison.titles().forEach(title -> titles.add(">" + title));
    page.tableHead(titles);
    for (var row : comparison.rows()) {
      page.raw(row.differs() ? "<tr class=\"differs\">" : "<tr>")
          .element("td", row.measure().title());
      row.cells().stream()
          .map(Measure.Cell::text)
          .forEach(cell -> page.element("td class=\"number\"", cell));
      page.raw("</tr>");
    }
    page.tableEnd();
    for (var differences : comparison.differences()) {
      page.element("h3", differences.title() + ", against " + comparison.first()).raw("<ul>");
      differences.words().forEach(words -> page.element("li", words));
      page.raw("</ul>");
      if (differences.words().isEmpty()) {
        page.element("p", "No difference in these figures.");
      }
    }
  }

  private void stages(Summary summary) {
    if (summary.stages().isEmpty()) {
      page.element("p", "Nothing.");
      return;
    }
    page.tableHead(List.of("", ">count", ">first", ">median", ">last"));
    for (var stage : summary.stages().entrySet()) {
      page.row(cells(stage), 1);
    }
    page.tableEnd();
    var level = summary.level();
    page.element(
        "p",
        "Ready pods: %s at the start, fewest %s at %s, %s at the end."
            .formatted(
                Wording.count(level.podsAtStart()),
                Wording.count(level.podsFewest()),
                Wording.time(level.podsFewestAt()),
                Wording.count(level.podsAtEnd())));
  }

  private void zones(Summary summary) {
    page.tableHead(List.of("zone", "", ">count", ">first", ">median", ">last"));
    for (var zone : summary.zones().stream().limit(ROWS).toList()) {
      var name = Wording.zone(zone.zone());
      for (var stage : zone.stages().entrySet()) {
        var cells = cells(stage);
        cells.addFirst(name);
        page.row(cells, 2);
        name = "";
      }
    }
    page.tableEnd();
    more(summary.zones().size());
  }

  private static List<String> cells(Map.Entry<Stage, Moments> stage) {
    var cells = new ArrayList<>(List.of(stage.getKey().title()));
    cells.addAll(cells(stage.getValue()));
    return cells;
  }

  private static List<String> cells(Moments moments) {
    var times = moments.times();
    return List.of(
        Wording.count(moments.count()),
        times.map(Moments.Times::first).map(Wording::time).orElse("–"),
        times.map(Moments.Times::median).map(Wording::time).orElse("–"),
        times.map(Moments.Times::last).map(Wording::time).orElse("–"));
  }

  private void workloads(Summary summary) {
    if (summary.workloads().isEmpty()) {
      page.element("p", "None.");
      return;
    }
    page.tableHead(
        List.of(
            "workload",
            ">replicas",
            ">evicted",
            ">first",
            ">median",
            ">last",
            ">fewest running",
            ">none running"));
    for (var row : summary.workloads().stream().limit(ROWS).toList()) {
      var workload = row.workload();
      var cells = new ArrayList<String>();
      cells.add(workload.title());
      cells.add(Wording.count(workload.replicas()));
      cells.add(Wording.count(workload.evicted()));
      cells.addAll(cells(row.evictions()).subList(1, 4));
      cells.add(Wording.count(workload.fewestReady()));
      cells.add(lost(workload));
      page.row(cells, 1);
    }
    page.tableEnd();
    more(summary.workloads().size());
  }

  private static String lost(WorkloadRecord workload) {
    return workload
        .lostAllAt()
        .map(at -> Wording.time(workload.lostAllFor()) + " from " + Wording.time(at))
        .orElse("–");
  }

  private void untainted(Summary summary) {
    if (summary.untainted().isEmpty()) {
      return;
    }
    page.element("h3", "Dead till the end and never tainted");
    page.tableHead(List.of("zone", "why", "nodes", ">count", ">dead since"));
    for (var group : summary.untainted().stream().limit(ROWS).toList()) {
      int count = group.names().size();
      var names = String.join(", ", group.names().subList(0, Math.min(NAMES, count)));
      var since = group.deadSince().times().map(Moments.Times::first).orElse(Duration.ZERO);
      page.row(
          List.of(
              Wording.zone(group.zone()),
              group.reason(),
              count > NAMES ? names + " and " + Wording.count(count - NAMES) + " more" : names,
              Wording.count(count),
              Wording.time(since)),
          3);
    }
    page.tableEnd();
    more(summary.untainted().size());
  }

  private void stops(Summary summary) {
    if (summary.stops().isEmpty()) {
      return;
    }
    page.element("h3", "All evictions were stopped: no zone had a ready node");
    page.tableHead(List.of(">from", ">to", ">for"));
    for (var stop : summary.stops().stream().limit(ROWS).toList()) {
      page.row(
          List.of(
              Wording.time(stop.from()),
              stop.ended() ? Wording.time(stop.to()) : "the end",
              Wording.time(stop.length())),
          0);
    }
    page.tableEnd();
    more(summary.stops().size());
  }

  private void more(int rows) {
    if (rows > ROWS) {
      page.element("p class=\"more\"", "and " + Wording.count(rows - ROWS) + " more");
    }
  }
}
