package io.nodelifecycle.parity.verdict;

import io.nodelifecycle.parity.scenario.ExpectedDifference;
import java.util.List;
import java.util.Map;

/**
 * A comparison, judged.
 *
 * @param rows all changes of both sides, in order of time
 * @param translated how many different events the reference told in other words, by why
 * @param unmet the intended differences of the scenario that did not happen often enough
 */
public record Judgement(
    List<Row> rows, Map<Reason, Long> translated, List<ExpectedDifference> unmet) {

  /** Takes copies. */
  public Judgement {
    rows = List.copyOf(rows);
    translated = Map.copyOf(translated);
    unmet = List.copyOf(unmet);
  }

  /** What it comes to. */
  public Verdict verdict() {
    if (!unmet.isEmpty() || rows.stream().anyMatch(Row::isUnexplained)) {
      return Verdict.DIFFERENT;
    }
    var isSame =
        translated.isEmpty()
            && rows.stream().noneMatch(row -> row.reason().filter(Reason::isSteady).isPresent());
    return isSame ? Verdict.SAME : Verdict.AS_INTENDED;
  }
}
