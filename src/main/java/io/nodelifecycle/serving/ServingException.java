package io.nodelifecycle.serving;

/**
 * The secure port cannot be opened as configured. The message is one sentence for people: what is
 * wrong, and what to do.
 */
public final class ServingException extends Exception {
  private static final long serialVersionUID = 1;

  /** With that sentence. */
  public ServingException(String message) {
    super(message);
  }

  /** The sentence. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
