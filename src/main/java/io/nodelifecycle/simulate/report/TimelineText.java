package io.nodelifecycle.simulate.report;

import io.nodelifecycle.simulate.record.SimulationRecord;
import io.nodelifecycle.simulate.report.figures.FoldedTimeline;
import io.nodelifecycle.simulate.report.figures.TimelineLine;
import io.nodelifecycle.simulate.report.figures.Wording;
import java.util.List;

/** The happenings as lines of text: when, in which zone, what. */
public final class TimelineText {
  private static final int COLUMNS = 100;
  private static final int ZONE_MAX = 20;

  private TimelineText() {}

  /** Similar happenings of a short time in one line; lines fit a terminal of 100 columns. */
  public static String folded(SimulationRecord record) {
    return text(FoldedTimeline.of(record), true);
  }

  /** Every happening in a line of its own, whole however long it is. */
  public static String everything(SimulationRecord record) {
    return text(FoldedTimeline.unfolded(record), false);
  }

  private static String text(List<TimelineLine> lines, boolean fit) {
    if (lines.isEmpty()) {
      return "nothing happened\n";
    }
    int spans = width(lines.stream().map(TimelineLine::span).toList());
    int zones = Math.min(ZONE_MAX, width(lines.stream().map(TimelineText::zone).toList()));
    var text = new StringBuilder();
    for (var line : lines) {
      var start =
          pad(line.span(), spans) + (zones > 0 ? "  " + pad(zone(line, fit), zones) : "") + "  ";
      var rest =
          fit ? Wrapping.lines(line.text(), COLUMNS - spans - zones - 4) : List.of(line.text());
      text.append((start + rest.getFirst()).stripTrailing()).append('\n');
      var indent = " ".repeat(start.length());
      rest.stream().skip(1).forEach(more -> text.append(indent).append(more).append('\n'));
    }
    return text.toString();
  }

  private static String zone(TimelineLine line, boolean fit) {
    return fit ? Wording.cut(zone(line), ZONE_MAX) : zone(line);
  }

  private static String zone(TimelineLine line) {
    return Wording.printable(line.zone());
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
