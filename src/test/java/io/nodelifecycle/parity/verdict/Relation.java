package io.nodelifecycle.parity.verdict;

import java.util.Locale;

/** How what the program did relates to what the reference did. */
public enum Relation {
  /** Both did it, at the same time as far as their ways of looking allow. */
  SAME,
  /** Only the reference did it. */
  MISSING,
  /** Only the program did it. */
  EXTRA,
  /** The program did it sooner than the reference's polling explains. */
  EARLIER,
  /** The program did it later. */
  LATER;

  /** The word for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
