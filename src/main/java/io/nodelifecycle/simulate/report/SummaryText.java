package io.nodelifecycle.simulate.report;

import io.nodelifecycle.simulate.record.SimulationRecord;
import io.nodelifecycle.simulate.record.WorkloadRecord;
import io.nodelifecycle.simulate.report.figures.Comparison;
import io.nodelifecycle.simulate.report.figures.Moments;
import io.nodelifecycle.simulate.report.figures.Stage;
import io.nodelifecycle.simulate.report.figures.Summary;
import io.nodelifecycle.simulate.report.figures.Summary.UntaintedGroup;
import io.nodelifecycle.simulate.report.figures.Wording;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The figures of a record as tables of text. */
public final class SummaryText {
  private static final int ZONES = 12;
  private static final int WORKLOADS = 15;
  private static final int NAMES = 3;
  private static final int NAME_COLUMNS = 44;
  private static final int COLUMNS = 100;

  private final Summary summary;
  private final StringBuilder text = new StringBuilder();

  private SummaryText(Summary summary) {
    this.summary = summary;
  }

  /** The summary, readable at 100 columns; what hurts most comes first. */
  public static String of(SimulationRecord record) {
    var text = new SummaryText(Summary.of(record));
    text.heading(record);
    text.stages();
    text.zones();
    text.workloads();
    text.untainted();
    text.stops();
    text.requests();
    return text.text.toString();
  }

  private void heading(SimulationRecord record) {
    wrapped("", Comparison.titles(List.of(record)).getFirst());
    wrapped(
        "",
        "%s, %s, %s, %s"
            .formatted(
                Wording.count(record.nodes(), "node"),
                Wording.count(record.pods(), "pod"),
                Wording.count(record.zones().size(), "zone"),
                Wording.time(record.length())));
    record.flags().forEach((name, value) -> wrapped("  ", "--" + name + "=" + value));
  }

  private void stages() {
    title("What happened");
    if (summary.stages().isEmpty()) {
      text.append("  nothing\n");
      return;
    }
    var table = TextTable.of("", ">count", ">first", ">median", ">last");
    addStages(table, "", summary.stages());
    table.appendTo(text);
    var level = summary.level();
    wrapped(
        "  ",
        "Ready pods: %s at the start, fewest %s at %s, %s at the end"
            .formatted(
                Wording.count(level.podsAtStart()),
                Wording.count(level.podsFewest()),
                Wording.time(level.podsFewestAt()),
                Wording.count(level.podsAtEnd())));
  }

  private void zones() {
    if (summary.zones().size() < 2) {
      return;
    }
    title("By zone");
    var table = TextTable.of("zone", "", ">count", ">first", ">median", ">last");
    for (var zone : summary.zones().stream().limit(ZONES).toList()) {
      var name = Wording.cut(Wording.zone(zone.zone()), NAME_COLUMNS);
      addStages(table, name, zone.stages());
    }
    table.appendTo(text);
    more(summary.zones().size(), ZONES);
  }

  /** With a first column for the name, unless that is empty; the name is not repeated. */
  private static void addStages(TextTable table, String name, Map<Stage, Moments> stages) {
    boolean named = !name.isEmpty();
    var next = name;
    for (var stage : stages.entrySet()) {
      var cells = cells(stage.getValue());
      if (named) {
        table.add(next, stage.getKey().title(), cells[0], cells[1], cells[2], cells[3]);
      } else {
        table.add(stage.getKey().title(), cells[0], cells[1], cells[2], cells[3]);
      }
      next = "";
    }
  }

  private static String[] cells(Moments moments) {
    var times = moments.times();
    return new String[] {
      Wording.count(moments.count()),
      times.map(Moments.Times::first).map(Wording::time).orElse("-"),
      times.map(Moments.Times::median).map(Wording::time).orElse("-"),
      times.map(Moments.Times::last).map(Wording::time).orElse("-")
    };
  }

  private void workloads() {
    title("Workloads that lost pods");
    if (summary.workloads().isEmpty()) {
      text.append("  none\n");
      return;
    }
    int lost = summary.lost().size();
    wrapped(
        "  ",
        lost == 0
            ? "Every workload had a running pod all the time."
            : Wording.count(lost, "workload") + " had no running pod for a time.");
    var table =
        TextTable.of(
            "workload", ">replicas", ">evicted", ">first", ">last", ">fewest", ">none running");
    for (var row : summary.workloads().stream().limit(WORKLOADS).toList()) {
      var workload = row.workload();
      var cells = cells(row.evictions());
      table.add(
          Wording.cut(Wording.printable(workload.title()), NAME_COLUMNS),
          Wording.count(workload.replicas()),
          Wording.count(workload.evicted()),
          cells[1],
          cells[3],
          Wording.count(workload.fewestReady()),
          lost(workload));
    }
    table.appendTo(text);
    more(summary.workloads().size(), WORKLOADS);
  }

  private static String lost(WorkloadRecord workload) {
    return workload
        .lostAllAt()
        .map(at -> Wording.time(workload.lostAllFor()) + " from " + Wording.time(at))
        .orElse("-");
  }

  private void untainted() {
    if (summary.untainted().isEmpty()) {
      return;
    }
    title("Dead till the end and never tainted");
    for (var group : summary.untainted().stream().limit(ZONES).toList()) {
      wrapped("  ", sentence(group));
    }
    more(summary.untainted().size(), ZONES);
  }

  private static String sentence(UntaintedGroup group) {
    int count = group.names().size();
    var names = String.join(", ", group.names().subList(0, Math.min(count, NAMES)));
    var since = group.deadSince().times().map(Moments.Times::first).orElse(Duration.ZERO);
    return "%s: %s, dead since %s: %s (%s%s)"
        .formatted(
            Wording.zone(group.zone()),
            Wording.count(count, "node"),
            Wording.time(since),
            group.reason(),
            names,
            count > NAMES ? " and " + Wording.count(count - NAMES) + " more" : "");
  }

  private void stops() {
    if (summary.stops().isEmpty()) {
      return;
    }
    title("All evictions were stopped: no zone had a ready node");
    for (var stop : summary.stops().stream().limit(ZONES).toList()) {
      text.append("  ")
          .append(Wording.time(stop.from()))
          .append(stop.ended() ? "-" + Wording.time(stop.to()) : " till the end")
          .append(", for ")
          .append(Wording.time(stop.length()))
          .append('\n');
    }
    more(summary.stops().size(), ZONES);
  }

  private void requests() {
    title("API calls");
    var peak = summary.peak();
    wrapped(
        "  ",
        "%s in all, %s failed; at most %s in a second%s"
            .formatted(
                Wording.count(summary.requests().total()),
                Wording.count(summary.requests().failed()),
                Wording.count(peak.requests()),
                peak.requests() > 0 ? ", at " + Wording.time(peak.at()) : ""));
  }

  private void title(String title) {
    text.append('\n').append(title).append('\n');
  }

  private void more(int rows, int shown) {
    if (rows > shown) {
      text.append("  and ").append(Wording.count(rows - shown)).append(" more\n");
    }
  }

  private void wrapped(String indent, String words) {
    for (var line : Wrapping.lines(Wording.printable(words), COLUMNS - indent.length())) {
      text.append(indent).append(line).append('\n');
    }
  }
}
