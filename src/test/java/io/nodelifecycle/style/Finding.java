package io.nodelifecycle.style;

import java.nio.file.Path;

/** One breach of the house style; the message says what to do instead. */
record Finding(Path file, long line, String message) {
  @Override
  public String toString() {
    return file + ":" + line + " " + message;
  }
}
