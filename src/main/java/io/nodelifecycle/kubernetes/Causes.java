package io.nodelifecycle.kubernetes;

import java.util.regex.Pattern;

/** Finds what lies at the bottom of an exception. */
final class Causes {
  private static final int DEPTH_MAX = 10;

  private static final Pattern PLACE = Pattern.compile("line:? \\d+, column:? \\d+");

  private Causes() {}

  /** The first line of the innermost message that there is. */
  static String innermost(Throwable error) {
    var text = error.getClass().getSimpleName();
    Throwable cause = error;
    for (int i = 0; cause != null && i < DEPTH_MAX; i++) {
      var message = cause.getMessage();
      if (message != null && !message.isBlank()) {
        text = message;
      }
      cause = cause.getCause();
    }
    return text.lines().findFirst().orElse(text).strip();
  }

  /**
   * Where in a file something is wrong. The rest of a parser's message is left out: it quotes the
   * file, which may hold credentials.
   */
  static String place(Throwable error) {
    Throwable cause = error;
    for (int i = 0; cause != null && i < DEPTH_MAX; i++) {
      var matcher = PLACE.matcher(String.valueOf(cause.getMessage()));
      if (matcher.find()) {
        return "see " + matcher.group();
      }
      cause = cause.getCause();
    }
    return "its fields are of other types than expected";
  }
}
