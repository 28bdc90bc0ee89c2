package io.nodelifecycle.parity.scenario;

import java.util.regex.Pattern;

/** The sections of the contract that a scenario or a difference may name. */
final class Sections {
  /** Sections 1 to 10, and the points 1 to 18 of section 11. */
  private static final Pattern KNOWN = Pattern.compile("[1-9]|10|11(\\.([1-9]|1[0-8]))?");

  private Sections() {}

  static boolean isKnown(String section) {
    return KNOWN.matcher(section).matches();
  }
}
