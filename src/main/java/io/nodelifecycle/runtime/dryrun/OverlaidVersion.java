package io.nodelifecycle.runtime.dryrun;

/**
 * The resourceVersion under which an object is shown: that of the real object, followed by how many
 * writes to it would have been carried out since. So it grows with each, as the API server's does,
 * and whoever compares versions sees which is the newer.
 */
final class OverlaidVersion {
  private static final int DIGITS = 6;
  private static final int MAX = 999_999;

  private OverlaidVersion() {}

  /**
   * A version.
   *
   * @param real the real object's
   * @param revision how many writes would have changed it since; at most {@value #MAX} are told
   *     apart
   */
  static String of(String real, int revision) {
    var digits = Integer.toString(Math.min(revision, MAX));
    return real + "0".repeat(DIGITS - digits.length()) + digits;
  }
}
