package io.nodelifecycle.kubernetes;

/** Finds what lies at the bottom of an exception. */
final class Causes {
  private static final int DEPTH_MAX = 10;

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
}
