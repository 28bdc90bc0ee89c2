package io.nodelifecycle.config.value;

import java.util.regex.Pattern;

/**
 * Foreign text made fit for one line of a message: quoted, control characters escaped, cut where it
 * is long, credentials in a URL starred out.
 */
public final class Quoted {
  private static final int LENGTH_MAX = 120;
  private static final Pattern CREDENTIALS = Pattern.compile("://[^/\\s]*@");

  private Quoted() {}

  /** The text in double quotes. */
  public static String of(String text) {
    return '"' + plain(text) + '"';
  }

  /** The text without quotes around it, otherwise as {@link #of}. */
  public static String plain(String text) {
    String safe = CREDENTIALS.matcher(text).replaceAll("://***@");
    var line = new StringBuilder();
    safe.codePoints().limit(LENGTH_MAX).forEach(point -> append(line, point));
    if (safe.codePointCount(0, safe.length()) > LENGTH_MAX) {
      line.append("...");
    }
    return line.toString();
  }

  private static void append(StringBuilder line, int point) {
    switch (point) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (isPrintable(point)) {
          line.appendCodePoint(point);
        } else {
          line.append("\\u%04x".formatted(point));
        }
      }
    }
  }

  /** Format characters are left out because they can turn the direction of a terminal's text. */
  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
