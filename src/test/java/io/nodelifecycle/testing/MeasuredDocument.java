package io.nodelifecycle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The page of the documentation that says what was measured, each part by a command of its own. */
public final class MeasuredDocument {
  private static final boolean APPLY = "apply".equals(System.getProperty("docs"));

  private MeasuredDocument() {}

  /**
   * Shows a part, and writes it into the page if that was asked for.
   *
   * @param test the command that measures it
   */
  public static void put(String part, String text, String test) {
    try {
      var whole = text + "\n" + Machine.describe() + "\n";
      System.out.println(whole);
      if (APPLY) {
        GeneratedDocument.checkPart("performance.md", part, whole, test);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write what was measured", e);
    }
  }
}
