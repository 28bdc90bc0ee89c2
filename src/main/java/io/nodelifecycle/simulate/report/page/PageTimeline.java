package io.nodelifecycle.simulate.report.page;

import io.nodelifecycle.simulate.record.Happening;
import io.nodelifecycle.simulate.record.SimulationRecord;
import io.nodelifecycle.simulate.report.figures.FoldedTimeline;
import io.nodelifecycle.simulate.report.figures.TimelineLine;
import io.nodelifecycle.simulate.report.figures.Wording;
import java.util.List;

/** The timeline of the page: folded lines, each of which opens to show what is in it. */
final class PageTimeline {
  private static final int LINES = 500;
  private static final int OPENED = 20;

  private final Html page;

  PageTimeline(Html page) {
    this.page = page;
  }

  void lines(SimulationRecord record) {
    var lines = FoldedTimeline.of(record);
    page.raw("<div class=\"timeline\">");
    lines.stream().limit(LINES).forEach(this::line);
    page.raw("</div>");
    if (lines.size() > LINES) {
      page.element(
          "p class=\"more\"", "and " + Wording.count(lines.size() - LINES) + " more lines");
    }
    if (lines.isEmpty()) {
      page.element("p", "Nothing happened.");
    }
  }

  private void line(TimelineLine line) {
    if (line.happenings().size() == 1) {
      page.raw("<div class=\"line\">");
      cells(line);
      page.raw("</div>");
      return;
    }
    page.raw("<details><summary class=\"line\">");
    cells(line);
    page.raw("</summary><ol>");
    opened(line.happenings());
    page.raw("</ol></details>");
  }

  private void cells(TimelineLine line) {
    page.element("span class=\"time\"", line.span())
        .raw("<span class=\"kind " + style(line.kind()) + "\"></span>")
        .element("span class=\"zone\"", line.zone())
        .element("span class=\"what\"", line.text());
  }

  private void opened(List<Happening> happenings) {
    for (var happening : happenings.stream().limit(OPENED).toList()) {
      page.element(
          "li",
          "%s %s %s"
              .formatted(Wording.time(happening.at()), happening.subject(), happening.text()));
    }
    if (happenings.size() > OPENED) {
      page.element(
          "li class=\"more\"", "and " + Wording.count(happenings.size() - OPENED) + " more");
    }
  }

  /** The colour of the mark before a line. */
  private static String style(Happening.Kind kind) {
    return switch (kind) {
      case OUTAGE -> "outage";
      case NODE_UNKNOWN, NODE_NOT_READY, NODE_GONE -> "silent";
      case NODE_TAINTED -> "tainted";
      case POD_NOT_READY, POD_EVICTED -> "evicted";
      case NODE_READY, NODE_UNTAINTED, POD_REPLACED, CLUSTER_RESUMED -> "well";
      case ZONE, CLUSTER_STOPPED, CONTROLLER -> "zones";
    };
  }
}
