package io.nodelifecycle.sandbox.screen;

import io.nodelifecycle.sandbox.truth.BrokenRule;
import io.nodelifecycle.sandbox.truth.RuleTally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Whether the rules were kept that must never be broken. */
public final class RuleSummary {
  private static final int SHOWN = 5;
  private static final String INDENT = "          ";

  private final Paint paint;
  private final int width;
  private final Function<Instant, Duration> clock;

  /**
   * A summary of lines that are no longer than the width.
   *
   * @param clock what time it was in the story
   */
  public RuleSummary(Paint paint, int width, Function<Instant, Duration> clock) {
    this.paint = paint;
    this.width = width;
    this.clock = clock;
  }

  /** One line if all were kept, else the first times one was not. */
  public List<String> lines(RuleTally tally) {
    var judged =
        "%d requests of the controller, judged by %d rules that must never be broken"
            .formatted(tally.requests(), tally.rules());
    if (tally.broken() == 0) {
      return List.of(paint.good(judged + ": all kept."));
    }
    var lines = new ArrayList<String>();
    var times = tally.broken() == 1 ? "once" : tally.broken() + " times";
    lines.add(paint.bad(judged + ": BROKEN " + times + "."));
    tally.first().stream().limit(SHOWN).forEach(each -> lines.addAll(lines(each)));
    int more = tally.broken() - Math.min(SHOWN, tally.first().size());
    if (more > 0) {
      lines.add("and %d more times".formatted(more));
    }
    return lines;
  }

  private List<String> lines(BrokenRule broken) {
    var lines = new ArrayList<String>();
    lines.add(
        Lines.cut(
            "%5.1f s   %s: \"%s\""
                .formatted(
                    clock.apply(broken.at()).toMillis() / 1000.0, broken.rule(), broken.sentence()),
            width));
    Lines.wrap(broken.subject() + ": " + broken.text(), width - INDENT.length())
        .forEach(line -> lines.add(INDENT + line));
    return lines;
  }
}
