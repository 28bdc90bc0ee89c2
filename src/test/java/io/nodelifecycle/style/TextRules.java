package io.nodelifecycle.style;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rules about lines of text, whatever the language. */
final class TextRules {
  static final int COLUMNS_MAX = 100;

  private static final Pattern LEFTOVER = Pattern.compile("\\b(TO[D]O|FIX[M]E|XX[X])\\b");
  private static final Pattern UNBREAKABLE = Pattern.compile("^(import|package) .*|.*https?://.*");
  private static final Pattern TEMPORARY_FOLDER = Pattern.compile("[\" (=:`]/t[m]p/");

  private TextRules() {}

  static List<Finding> check(Path file, String text) {
    var findings = new ArrayList<Finding>();
    var lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      for (var message : breaches(file, lines.get(i))) {
        findings.add(new Finding(file, i + 1, message));
      }
    }
    if (!text.isEmpty() && !text.endsWith("\n")) {
      findings.add(new Finding(file, lines.size(), "no newline at the end of the file"));
    }
    return findings;
  }

  /** A Markdown file has exactly one first-level title; fenced code may hold # comments. */
  static List<Finding> checkTitle(Path file, String markdown) {
    boolean fenced = false;
    int titles = 0;
    for (var line : markdown.lines().toList()) {
      if (line.stripLeading().startsWith("```")) {
        fenced = !fenced;
      } else if (!fenced && line.startsWith("# ")) {
        titles++;
      }
    }
    return titles == 1
        ? List.of()
        : List.of(new Finding(file, 1, titles + " first-level titles, want exactly one"));
  }

  private static List<String> breaches(Path file, String line) {
    var messages = new ArrayList<String>();
    if (file.toString().endsWith(".java")
        && line.codePointCount(0, line.length()) > COLUMNS_MAX
        && !UNBREAKABLE.matcher(line).matches()) {
      messages.add("line longer than " + COLUMNS_MAX + " columns");
    }
    if (!line.equals(line.stripTrailing())) {
      messages.add("trailing whitespace");
    }
    if (line.indexOf('\t') >= 0) {
      messages.add("tab: indent with spaces");
    }
    var leftover = LEFTOVER.matcher(line);
    if (leftover.find()) {
      messages.add(leftover.group() + ": do it, or say why it is as it is");
    }
    if (TEMPORARY_FOLDER.matcher(line).find()) {
      messages.add(
          "path of a temporary folder: ask for one, @TempDir, createTempDirectory, mktemp");
    }
    return messages;
  }
}
