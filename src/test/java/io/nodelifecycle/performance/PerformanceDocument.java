package io.nodelifecycle.performance;

import io.nodelifecycle.testing.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page of the documentation that says what was measured, each part by a command of its own. */
final class PerformanceDocument {
  private static final boolean APPLY = "apply".equals(System.getProperty("docs"));
  private static final Path FILE = Path.of("docs/performance.md");

  private PerformanceDocument() {}

  /** Shows a part, and writes it into the page if that was asked for. */
  static void put(String part, String text) {
    System.out.println(text);
    if (APPLY) {
      try {
        write(part, text + "\n" + Machine.describe() + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + FILE, e);
      }
    }
  }

  private static void write(String part, String text) throws IOException {
    var whole = Files.readString(FILE);
    var begin = "<!-- begin " + part + " -->\n";
    var from = whole.indexOf(begin);
    var to = whole.indexOf("<!-- end " + part + " -->");
    if (from < 0 || to < from) {
      throw new IllegalStateException(FILE + " has no part " + part);
    }
    Files.writeString(FILE, whole.substring(0, from + begin.length()) + text + whole.substring(to));
  }
}
