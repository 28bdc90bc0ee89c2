package io.nodelifecycle.sandbox.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.truth.BrokenRule;
import io.nodelifecycle.sandbox.truth.RuleTally;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RuleSummaryTest {
  private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");
  private static final BrokenRule BROKEN =
      new BrokenRule(
          "live-taints",
          "a pod is deleted only if",
          "default/web-1",
          BEGIN.plusMillis(4321),
          "deleted from node-a1, which is well");

  private static List<String> lines(RuleTally tally, int width) {
    return new RuleSummary(Paint.PLAIN, width, at -> Duration.between(BEGIN, at)).lines(tally);
  }

  @Test
  void oneLineSaysThatAllWereKept() {
    assertThat(lines(new RuleTally(209, 15, 0, List.of()), 120))
        .containsExactly(
            "209 requests of the controller, judged by 15 rules that must never be broken:"
                + " all kept.");
  }

  @Test
  void aBrokenRuleIsQuotedWithItsTimeAndObject() {
    assertThat(lines(new RuleTally(9, 15, 1, List.of(BROKEN)), 50))
        .containsExactly(
            "9 requests of the controller, judged by 15 rules that must never be broken:"
                + " BROKEN once.",
            "  4.3 s   live-taints: \"a pod is deleted only if\"",
            "          default/web-1: deleted from node-a1,",
            "          which is well");
  }

  @Test
  void ofManyTheFirstAreTold() {
    var tally = new RuleTally(900, 15, 700, Collections.nCopies(100, BROKEN));
    assertThat(lines(tally, 120)).hasSize(12).endsWith("and 695 more times");
  }
}
