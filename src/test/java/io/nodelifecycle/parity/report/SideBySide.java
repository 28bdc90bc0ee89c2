package io.nodelifecycle.parity.report;

import io.nodelifecycle.parity.scenario.ExpectedDifference;
import io.nodelifecycle.parity.verdict.Judgement;
import io.nodelifecycle.parity.verdict.Reason;
import io.nodelifecycle.parity.verdict.Relation;
import io.nodelifecycle.parity.verdict.Row;
import io.nodelifecycle.testing.witness.Change;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What both sides did, side by side in order of time, as text. */
public final class SideBySide {
  private static final String HEAD = "reference   program";

  private SideBySide() {}

  /** All rows, then what was put in other words, and what should have happened. */
  public static String of(Judgement judgement) {
    return HEAD
        + "\n"
        + judgement.rows().stream().map(SideBySide::line).collect(Collectors.joining())
        + judgement.translated().entrySet().stream()
            .map(SideBySide::translated)
            .sorted()
            .collect(Collectors.joining())
        + judgement.unmet().stream().map(SideBySide::unmet).collect(Collectors.joining());
  }

  private static String line(Row row) {
    var relation = row.relation() == Relation.SAME ? "" : row.relation().word();
    return "%9s %9s  %-8s %s%s\n"
        .formatted(
            time(row.pair().left()),
            time(row.pair().right()),
            row.isUnexplained() ? relation.toUpperCase(Locale.ROOT) : relation,
            row.change().key(),
            row.reason().map(SideBySide::because).orElse(""));
  }

  private static String because(Reason reason) {
    return "   [%s: %s]".formatted(reason.section(), reason.why());
  }

  private static String time(Optional<Change> change) {
    return change.map(c -> String.format(Locale.ROOT, "%.2f", c.at())).orElse("-");
  }

  private static String translated(Map.Entry<Reason, Long> entry) {
    return "told by the reference in other words: %d events   [%s: %s]\n"
        .formatted(entry.getValue(), entry.getKey().section(), entry.getKey().why());
  }

  private static String unmet(ExpectedDifference difference) {
    return "NOT SEEN, wanted at least %d times   [%s: %s]\n"
        .formatted(difference.atLeast(), difference.section(), difference.why());
  }
}
