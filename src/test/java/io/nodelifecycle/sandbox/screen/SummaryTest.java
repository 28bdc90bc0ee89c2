package io.nodelifecycle.sandbox.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.story.Expectation;
import io.nodelifecycle.sandbox.story.State;
import io.nodelifecycle.sandbox.story.StoryLedger.Entry;
import io.nodelifecycle.sandbox.story.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SummaryTest {
  @Test
  void tellsWhatWasExpectedAndWhatWasSeenInstead() {
    var entries =
        List.of(
            entry("well", "a node is Unknown", new Verdict.Held("after 6.1 s")),
            entry(
                "well",
                "a sentence that is longer than the room for it",
                new Verdict.Broken("node-a1: not within 5.0 s; it is Ready=True, taints none")),
            entry("gone", "pods go", new Verdict.Held("4, after 0.1 s to 1.3 s")));
    assertThat(String.join("\n", new Summary(Paint.PLAIN, 80).lines(entries)))
        .isEqualTo(
            """
            result    expected                            seen
            7 s: well
            ok        a node is Unknown                   after 6.1 s
            FAILED    a sentence that is longer than the  node-a1: not within 5.0 s; it is
                      room for it                         Ready=True, taints none
            7 s: gone
            ok        pods go                             4, after 0.1 s to 1.3 s

            1 of 3 expectations did not hold.\
            """);
  }

  @Test
  void allIsWellIfEveryExpectationHeld() {
    var entries = List.of(entry("well", "x", new Verdict.Held("y")));
    assertThat(new Summary(Paint.PLAIN, 120).lines(entries).getLast())
        .isEqualTo("All 1 expectations held.");
  }

  private static Entry entry(String chapter, String sentence, Verdict verdict) {
    var expectation =
        new Expectation(
            sentence,
            new Expectation.About.HealthyPods(),
            new Expectation.Claim.Never(new State.PodDeleted()),
            new Expectation.Window(
                Expectation.Since.CHAPTER, Duration.ZERO, Duration.ofSeconds(1)));
    return new Entry(chapter, Duration.ofSeconds(7), expectation, verdict);
  }
}
