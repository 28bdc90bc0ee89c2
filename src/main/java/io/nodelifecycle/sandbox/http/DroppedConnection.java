package io.nodelifecycle.sandbox.http;

import java.io.IOException;

/** Thrown through the JDK's server, which then closes the connection as it is. */
final class DroppedConnection extends IOException {
  private static final long serialVersionUID = 1L;

  DroppedConnection() {
    super("dropped on purpose");
  }
}
