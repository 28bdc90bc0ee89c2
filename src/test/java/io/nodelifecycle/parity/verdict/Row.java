package io.nodelifecycle.parity.verdict;

import io.nodelifecycle.testing.witness.Alignment.Pair;
import io.nodelifecycle.testing.witness.Change;
import java.util.Optional;

/**
 * A change of the reference (left), the one of the program that stands for it, and why they differ.
 */
public record Row(Relation relation, Pair pair, Optional<Reason> reason) {

  static Row of(Relation relation, Pair pair) {
    return new Row(relation, pair, Optional.empty());
  }

  Row because(Reason intended) {
    return new Row(relation, pair, Optional.of(intended));
  }

  /** The change itself. */
  public Change change() {
    return pair.either();
  }

  /** Is it a difference that nothing explains? */
  public boolean isUnexplained() {
    return relation != Relation.SAME && reason.isEmpty();
  }

  /** How many seconds later than the reference the program was; 0 where only one did it. */
  double later() {
    return pair.left().isPresent() && pair.right().isPresent()
        ? pair.right().get().at() - pair.left().get().at()
        : 0;
  }
}
