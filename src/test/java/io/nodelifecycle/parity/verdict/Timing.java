package io.nodelifecycle.parity.verdict;

import io.nodelifecycle.testing.witness.Alignment.Pair;
import io.nodelifecycle.testing.witness.Change;

/**
 * When two changes are at the same time. The reference looks once a monitor period whether a node
 * is silent, and taints it for eviction one period later; the program does both when they are due.
 * Verdicts and evictions must not come earlier than that explains. Anything else may come as early
 * as it likes: the reference's budget of requests delays it.
 */
final class Timing {
  /** Seconds that anything may be later. */
  static final double LATER = 2.0;

  /** Seconds that a verdict or an eviction may be earlier, besides what polling explains. */
  static final double EARLIER = 1.5;

  private final double period;
  private final SideRecord reference;
  private final SideRecord program;

  /** The period is the node monitor period, in seconds. */
  Timing(double period, SideRecord reference, SideRecord program) {
    this.period = period;
    this.reference = reference;
    this.program = program;
  }

  Row row(Pair pair) {
    if (pair.left().isEmpty()) {
      return Row.of(Relation.EXTRA, pair);
    }
    if (pair.right().isEmpty()) {
      return Row.of(Relation.MISSING, pair);
    }
    return Row.of(relation(pair.left().get(), pair.right().get()), pair);
  }

  private Relation relation(Change left, Change right) {
    double later = right.at() - left.at();
    if (later > LATER + program.latenessBefore(right.at())) {
      return Relation.LATER;
    }
    return -later > haste(left) + reference.latenessBefore(left.at())
        ? Relation.EARLIER
        : Relation.SAME;
  }

  private double haste(Change change) {
    boolean isVerdict =
        change.value().startsWith("Unknown/")
            || (change.kind().equals("pod") && change.value().startsWith("False/"));
    boolean isEviction =
        (change.what().endsWith(":NoExecute") && change.value().equals("on"))
            || change.what().equals("deleting")
            || change.what().equals("DeletingAllPods");
    if (isVerdict) {
      return period + EARLIER;
    }
    return isEviction ? 2 * period + EARLIER : Double.MAX_VALUE;
  }
}
