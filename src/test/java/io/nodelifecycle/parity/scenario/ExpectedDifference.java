package io.nodelifecycle.parity.scenario;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A difference that is intended in one scenario.
 *
 * @param section the section of the contract that intends it
 * @param why what the program does otherwise, in a sentence
 * @param what which changes it is about
 * @param atLeast how many there must be; 0 for what the reference does not always do
 * @param atMost how many there may be
 */
public record ExpectedDifference(
    String section, String why, Kind kind, Which what, int atLeast, OptionalInt atMost) {

  /** How the program differs from the reference. */
  public sealed interface Kind {
    /** Only the reference does it. */
    record OnlyReference() implements Kind {}

    /** Only the program does it. */
    record OnlyProgram() implements Kind {}

    /** The program does it sooner, by at most that much. */
    record Earlier(Duration upTo) implements Kind {}

    /** The program does it later, by at most that much. */
    record Later(Duration upTo) implements Kind {}
  }

  /** Changes by what they are; each pattern is found anywhere in its text. */
  public record Which(String kind, Pattern name, Pattern what, Pattern value) {}

  /** Does it happen in every run? */
  public boolean isSteady() {
    return atLeast > 0;
  }
}
