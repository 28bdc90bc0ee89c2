package io.nodelifecycle.simulate.report;

import io.nodelifecycle.simulate.report.figures.Wording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in columns that are as wide as they need to be. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param columns titles; one that starts with {@code >} is aligned to the right
   */
  TextTable(List<String> columns) {
    this.columns = columns.stream().map(Column::of).toList();
  }

  static TextTable of(String... columns) {
    return new TextTable(Arrays.asList(columns));
  }

  void add(String... cells) {
    add(Arrays.asList(cells));
  }

  void add(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(cells.size() + " cells, " + columns.size() + " columns");
    }
    rows.add(cells.stream().map(Wording::printable).toList());
  }

  /** The table, each line indented and ended, without blanks at the ends of lines. */
  void appendTo(StringBuilder text) {
    var widths = widths();
    appendRow(text, columns.stream().map(Column::title).toList(), widths);
    rows.forEach(row -> appendRow(text, row, widths));
  }

  private int[] widths() {
    var widths = columns.stream().mapToInt(column -> column.title().length()).toArray();
    for (var row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private void appendRow(StringBuilder text, List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      var blanks = " ".repeat(widths[i] - cells.get(i).length());
      line.append(GAP)
          .append(columns.get(i).right() ? blanks + cells.get(i) : cells.get(i) + blanks);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private record Column(String title, boolean right) {
    static Column of(String title) {
      return title.startsWith(">")
          ? new Column(title.substring(1), true)
          : new Column(title, false);
    }
  }
}
