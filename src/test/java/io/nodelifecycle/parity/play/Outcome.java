package io.nodelifecycle.parity.play;

import io.nodelifecycle.parity.verdict.Judgement;
import io.nodelifecycle.parity.verdict.Verdict;

/** What running a scenario came to. */
public sealed interface Outcome {

  /** Both sides ran and were compared. */
  record Judged(Judgement judgement) implements Outcome {}

  /** This machine was too busy, time and again, to do the steps when they were due. */
  record Inconclusive(String why) implements Outcome {}

  /** The run did not come to its end. */
  record Failed(String why) implements Outcome {}

  /** The outcome in a word or two. */
  default String words() {
    return switch (this) {
      case Judged(var judgement) -> judgement.verdict().words();
      case Inconclusive _ -> "inconclusive";
      case Failed _ -> "FAILED";
    };
  }

  /** Is everything as the contract says? */
  default boolean isGood() {
    return this instanceof Judged(var judgement) && judgement.verdict() != Verdict.DIFFERENT;
  }
}
