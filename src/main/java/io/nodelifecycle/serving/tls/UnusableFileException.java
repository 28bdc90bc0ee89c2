package io.nodelifecycle.serving.tls;

/** A file of certificates or a key cannot be used. The message says which, why and what to do. */
public final class UnusableFileException extends Exception {
  private static final long serialVersionUID = 1;

  UnusableFileException(String message) {
    super(message, null, false, false);
  }

  /** The sentence. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
