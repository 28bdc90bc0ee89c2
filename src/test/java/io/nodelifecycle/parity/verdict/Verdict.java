package io.nodelifecycle.parity.verdict;

/** What a comparison came to. */
public enum Verdict {
  /** Everything that the reference does in every run, the program does too, and nothing besides. */
  SAME("same"),
  /** There are differences, and the contract intends every one of them. */
  AS_INTENDED("as intended"),
  /** Some difference is not intended, or an intended one did not happen. */
  DIFFERENT("DIFFERENT");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** The words for it. */
  public String words() {
    return words;
  }
}
