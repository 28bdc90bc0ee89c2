package io.nodelifecycle.sandbox.screen;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of bounded width. */
final class Lines {
  private Lines() {}

  /** The text, shortened with a mark where it is too long. */
  static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 2)) + "..";
  }

  /** The text in lines broken between words; words that are too long are cut. */
  static List<String> wrap(String text, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : text.split(" +")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(cut(word, width));
    }
    lines.add(line.toString());
    return lines;
  }
}
