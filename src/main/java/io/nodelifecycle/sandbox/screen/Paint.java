package io.nodelifecycle.sandbox.screen;

/** Colours, or none. Text reads the same without. */
public enum Paint {
  /** Every colour is left out. */
  PLAIN(false),
  /** ANSI escape sequences. */
  ANSI(true);

  private static final char ESCAPE = '\u001b';

  private final boolean isColoured;

  Paint(boolean isColoured) {
    this.isColoured = isColoured;
  }

  String good(String text) {
    return with("32", text);
  }

  String bad(String text) {
    return with("31", text);
  }

  String warning(String text) {
    return with("33", text);
  }

  String strong(String text) {
    return with("1", text);
  }

  String faint(String text) {
    return with("2", text);
  }

  private String with(String code, String text) {
    return isColoured && !text.isEmpty() ? ESCAPE + "[" + code + "m" + text + ESCAPE + "[0m" : text;
  }
}
