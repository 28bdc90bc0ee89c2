package io.nodelifecycle.simulate.report;

import io.nodelifecycle.simulate.record.SimulationRecord;
import io.nodelifecycle.simulate.report.figures.Comparison;
import io.nodelifecycle.simulate.report.figures.Measure;
import io.nodelifecycle.simulate.report.figures.Wording;
import java.util.ArrayList;
import java.util.List;

/** Records of the same outage side by side, and how they differ in words. */
public final class ComparisonText {
  private static final int COLUMNS = 100;
  private static final int TITLE_MIN = 10;
  private static final int MEASURE_COLUMNS = 35;

  private ComparisonText() {}

  /**
   * The comparison; the second and each further record is set against the first. Readable at 100
   * columns for up to five records.
   *
   * @throws IllegalArgumentException if there is no record
   */
  public static String of(List<SimulationRecord> records) {
    var comparison = Comparison.of(records);
    var text = new StringBuilder();
    comparison.warnings().forEach(warning -> wrapped(text, "  ", "Not the same: " + warning));
    table(comparison).appendTo(text);
    for (var differences : comparison.differences()) {
      text.append('\n');
      wrapped(text, "", differences.title() + ", against " + comparison.first());
      if (differences.words().isEmpty()) {
        text.append("  no difference in these figures\n");
      }
      differences.words().forEach(words -> wrapped(text, "  ", words));
    }
    return text.toString();
  }

  private static TextTable table(Comparison comparison) {
    int each = (COLUMNS - MEASURE_COLUMNS) / comparison.titles().size() - 2;
    var columns = new ArrayList<String>(List.of(""));
    for (var title : comparison.titles()) {
      columns.add(">" + Wording.cut(title, Math.max(TITLE_MIN, each)));
    }
    var table = new TextTable(columns);
    for (var row : comparison.rows()) {
      var cells = new ArrayList<String>();
      cells.add((row.differs() ? "* " : "  ") + row.measure().title());
      row.cells().stream().map(Measure.Cell::text).forEach(cells::add);
      table.add(cells);
    }
    return table;
  }

  private static void wrapped(StringBuilder text, String indent, String words) {
    for (var line : Wrapping.lines(words, COLUMNS - indent.length())) {
      text.append(indent).append(line).append('\n');
    }
  }
}
