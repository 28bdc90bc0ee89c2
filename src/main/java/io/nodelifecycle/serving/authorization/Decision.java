package io.nodelifecycle.serving.authorization;

/** What came of finding out whether a caller may do something. */
public sealed interface Decision {
  /** Yes. */
  record Allowed() implements Decision {}

  /** No; the reason is for people and may be empty. */
  record Denied(String reason) implements Decision {}

  /** It could not be found out, which is no permission. */
  record Unknown(String reason) implements Decision {}

  /** Too much is being asked: to be tried again a little later. */
  record Crowded() implements Decision {}
}
