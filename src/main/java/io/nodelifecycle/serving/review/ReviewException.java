package io.nodelifecycle.serving.review;

/** A question to the cluster was not answered. The message is a sentence for people. */
public final class ReviewException extends Exception {
  private static final long serialVersionUID = 1;

  /** With a sentence that holds no secret. */
  public ReviewException(String message) {
    super(message, null, false, false);
  }

  /** The sentence. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
