package io.nodelifecycle.sandbox.truth;

import java.util.List;

/**
 * What came of judging requests so far.
 *
 * @param requests how many were judged
 * @param rules by how many rules
 * @param broken how often one was broken
 * @param first the first times it was
 */
public record RuleTally(int requests, int rules, int broken, List<BrokenRule> first) {
  /** Takes a copy. */
  public RuleTally {
    first = List.copyOf(first);
  }
}
