package io.nodelifecycle.serving.health;

/** What came of a check. */
public sealed interface Verdict {
  /** All is well. */
  Passed OK = new Passed("");

  /**
   * All is well.
   *
   * @param detail what is worth knowing anyway, may be empty
   */
  record Passed(String detail) implements Verdict {}

  /** People should know this, but the check does not fail for it. */
  record Warned(String reason) implements Verdict {}

  /** It fails. */
  record Failed(String reason) implements Verdict {}
}
