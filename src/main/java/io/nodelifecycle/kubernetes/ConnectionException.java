package io.nodelifecycle.kubernetes;

/**
 * The API server cannot be addressed as configured. The message is one sentence for people: what is
 * wrong, where it was looked for, what to do.
 */
public final class ConnectionException extends Exception {
  private static final long serialVersionUID = 1;

  ConnectionException(String message) {
    super(message);
  }

  /** The sentence. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
