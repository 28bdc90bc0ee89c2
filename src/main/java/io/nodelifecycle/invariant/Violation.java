package io.nodelifecycle.invariant;

import java.time.Instant;

/**
 * A rule was broken.
 *
 * @param rule which
 * @param subject the node, pod, zone or process that it was broken for
 * @param at when, on the monotonic time line
 * @param text what happened, with the numbers
 */
public record Violation(Rule rule, String subject, Instant at, String text) {
  /** One line for people. */
  @Override
  public String toString() {
    return rule.title() + ": " + subject + " at " + at + ": " + text;
  }
}
