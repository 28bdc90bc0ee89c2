package io.nodelifecycle.sandbox.story;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Every expectation of a story and what became of it so far. What is decided stays so. */
public final class StoryLedger {
  private final List<Entry> entries = new ArrayList<>();
  private final ExpectationJudge judge;

  /**
   * An expectation in its chapter.
   *
   * @param chapter the chapter's title
   * @param at when the chapter begins
   * @param verdict what became of it so far
   */
  public record Entry(String chapter, Duration at, Expectation expectation, Verdict verdict) {}

  /** A ledger in which nothing is decided. */
  public StoryLedger(Story story, Timeline timeline) {
    judge = new ExpectationJudge(timeline);
    for (var chapter : story.chapters()) {
      for (var expectation : chapter.expectations()) {
        entries.add(new Entry(chapter.title(), chapter.at(), expectation, new Verdict.Open()));
      }
    }
  }

  /**
   * Judges what is still open.
   *
   * @param now the time up to which the timeline is complete
   * @return the entries that were decided by this
   */
  public List<Entry> update(Duration now) {
    var decided = new ArrayList<Entry>();
    entries.replaceAll(entry -> {
      if (entry.verdict().isDecided()) {
        return entry;
      }
      var verdict = judge.judge(entry.expectation(), entry.at(), now);
      var updated = new Entry(entry.chapter(), entry.at(), entry.expectation(), verdict);
      if (verdict.isDecided()) {
        decided.add(updated);
      }
      return updated;
    });
    return decided;
  }

  /** Nothing more will be seen: what is still open did not come true. */
  public void close() {
    entries.replaceAll(entry ->
        entry.verdict().isDecided()
            ? entry
            : new Entry(
                entry.chapter(),
                entry.at(),
                entry.expectation(),
                new Verdict.Broken("not seen before the end")));
  }

  /** All entries, in the order of the story. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** How many held. */
  public long held() {
    return entries.stream().filter(e -> e.verdict() instanceof Verdict.Held).count();
  }

  /** How many did not hold. */
  public long broken() {
    return entries.stream().filter(e -> e.verdict() instanceof Verdict.Broken).count();
  }
}
