package io.nodelifecycle.simulate.report.figures;

import io.nodelifecycle.simulate.record.SimulationRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The same figures of several records of one outage.
 *
 * @param titles of the records, printable, each told apart from the others
 * @param rows the figures, each with one cell per record
 * @param differences how the second and each further record differ from the first
 * @param warnings why the figures may not be comparable; empty if they are
 */
public record Comparison(
    List<String> titles, List<Row> rows, List<Differences> differences, List<String> warnings) {
  /**
   * Of records in the order in which they are to be shown.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Comparison of(List<SimulationRecord> records) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("no record to compare");
    }
    var titles = titles(records);
    var summaries = records.stream().map(Summary::of).toList();
    var rows = new ArrayList<Row>();
    for (var measure : Measure.values()) {
      rows.add(new Row(measure, summaries.stream().map(measure::of).toList()));
    }
    var differences =
        IntStream.range(1, records.size())
            .mapToObj(i -> new Differences(titles.get(i), differences(rows, i)))
            .toList();
    return new Comparison(titles, rows, differences, warnings(records, titles));
  }

  /**
   * What to call each record: its title, with a number where the title is empty or taken.
   *
   * @return printable titles, all different
   */
  public static List<String> titles(List<SimulationRecord> records) {
    var titles = new ArrayList<String>();
    for (var record : records) {
      var title = Wording.printable(record.title()).strip();
      var number = "run " + (titles.size() + 1);
      if (title.isEmpty()) {
        titles.add(number);
      } else {
        titles.add(titles.contains(title) ? title + " (" + number + ")" : title);
      }
    }
    return List.copyOf(titles);
  }

  /** The first record's title. */
  public String first() {
    return titles.getFirst();
  }

  private static List<String> differences(List<Row> rows, int column) {
    return rows.stream()
        .flatMap(row ->
            row.measure().difference(row.cells().getFirst(), row.cells().get(column)).stream())
        .toList();
  }

  private static List<String> warnings(List<SimulationRecord> records, List<String> titles) {
    var warnings = new ArrayList<String>();
    var first = records.getFirst();
    for (int i = 1; i < records.size(); i++) {
      var other = records.get(i);
      if (other.nodes() != first.nodes() || other.pods() != first.pods()) {
        warnings.add(
            "%s is about %s and %s, %s about %s and %s"
                .formatted(
                    titles.getFirst(),
                    Wording.count(first.nodes(), "node"),
                    Wording.count(first.pods(), "pod"),
                    titles.get(i),
                    Wording.count(other.nodes(), "node"),
                    Wording.count(other.pods(), "pod")));
      }
      if (!other.length().equals(first.length())) {
        warnings.add(
            "%s lasts %s, %s %s"
                .formatted(
                    titles.getFirst(),
                    Wording.time(first.length()),
                    titles.get(i),
                    Wording.time(other.length())));
      }
    }
    return warnings;
  }

  /**
   * A figure of all records.
   *
   * @param measure which figure
   * @param cells the figure of each record
   */
  public record Row(Measure measure, List<Measure.Cell> cells) {
    /** Whether not all records have the same figure. */
    public boolean differs() {
      return cells.stream().distinct().count() > 1;
    }
  }

  /**
   * What is different in a record.
   *
   * @param title of the record
   * @param words how it differs from the first record, one sentence a figure; empty if it does not
   */
  public record Differences(String title, List<String> words) {}
}
