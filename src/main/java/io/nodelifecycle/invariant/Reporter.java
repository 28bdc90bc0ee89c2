package io.nodelifecycle.invariant;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where the rules say what is wrong. */
final class Reporter {
  private final Consumer<Violation> violations;

  Reporter(Consumer<Violation> violations) {
    this.violations = violations;
  }

  void report(Rule rule, Object subject, Instant at, String text) {
    violations.accept(new Violation(rule, subject.toString(), at, text));
  }

  /** Says so unless the rule is kept. */
  void check(boolean isKept, Rule rule, Object subject, Instant at, Supplier<String> text) {
    if (!isKept) {
      report(rule, subject, at, text.get());
    }
  }
}
