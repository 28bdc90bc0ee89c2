package io.nodelifecycle.simulate.report;

import io.nodelifecycle.simulate.report.figures.Wording;
import java.util.ArrayList;
import java.util.List;

/** Breaks text between words. */
final class Wrapping {
  private Wrapping() {}

  /**
   * Lines of at most {@code columns} characters; a longer word is cut. At least one line.
   *
   * @param columns at least 2
   */
  static List<String> lines(String text, int columns) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > columns) {
        lines.add(line.toString());
        line.setLength(0);
      } else if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(Wording.cut(word, columns - line.length()));
    }
    lines.add(line.toString());
    return lines;
  }
}
