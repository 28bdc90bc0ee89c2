package io.nodelifecycle.sandbox.screen;

import io.nodelifecycle.sandbox.story.StoryLedger.Entry;
import io.nodelifecycle.sandbox.story.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What was expected and what was seen, chapter by chapter. */
public final class Summary {
  private static final int RESULT = 8;
  private static final int SEEN = 34;
  private static final int EXPECTED_MIN = 30;

  private final Paint paint;
  private final int width;

  /** A summary of lines that are no longer than the width. */
  public Summary(Paint paint, int width) {
    this.paint = paint;
    this.width = width;
  }

  /** The lines, the last of them the result in one sentence. */
  public List<String> lines(List<Entry> entries) {
    var lines = new ArrayList<String>();
    int expected = Math.max(EXPECTED_MIN, width - RESULT - SEEN - 4);
    lines.add("%-8s  %s  %s".formatted("result", pad("expected", expected), "seen"));
    String chapter = "";
    for (var entry : entries) {
      if (!entry.chapter().equals(chapter)) {
        chapter = entry.chapter();
        var title = "%d s: %s".formatted(entry.at().toSeconds(), chapter);
        lines.add(paint.strong(Lines.cut(title, width)));
      }
      lines.addAll(row(entry, expected));
    }
    lines.add("");
    lines.add(result(entries));
    return lines;
  }

  private List<String> row(Entry entry, int width) {
    var expected = Lines.wrap(entry.expectation().sentence(), width);
    var seen = Lines.wrap(seen(entry.verdict()), SEEN);
    var lines = new ArrayList<String>();
    for (int i = 0; i < Math.max(expected.size(), seen.size()); i++) {
      var first = i == 0 ? word(entry.verdict()) : " ".repeat(RESULT);
      var line =
          first
              + "  "
              + pad(i < expected.size() ? expected.get(i) : "", width)
              + "  "
              + (i < seen.size() ? seen.get(i) : "");
      lines.add(line.stripTrailing());
    }
    return lines;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Held _ -> paint.good("ok      ");
      case Verdict.Broken _ -> paint.bad("FAILED  ");
      case Verdict.Open _ -> paint.warning("open    ");
    };
  }

  private static String seen(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Held(var seen) -> seen;
      case Verdict.Broken(var seen) -> seen;
      case Verdict.Open() -> "not decided";
    };
  }

  private String result(List<Entry> entries) {
    long held = entries.stream().filter(e -> e.verdict() instanceof Verdict.Held).count();
    return held == entries.size()
        ? paint.good("All %d expectations held.".formatted(held))
        : paint.bad(
            "%d of %d expectations did not hold.".formatted(entries.size() - held, entries.size()));
  }
}
