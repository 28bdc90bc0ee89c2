package io.nodelifecycle.config.value;

import java.util.List;
import java.util.OptionalInt;

/** Reads a whole number within bounds. */
public final class WholeNumber {
  private WholeNumber() {}

  /**
   * The number.
   *
   * @param name what it is called in problems
   * @param problems takes what is wrong with it
   * @return empty if something is wrong
   */
  public static OptionalInt read(
      String name, String text, int least, int greatest, List<String> problems) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= greatest) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException _) {
      // Refused below.
    }
    problems.add(
        "%s=%s: is no whole number from %d to %d"
            .formatted(name, Quoted.plain(text), least, greatest));
    return OptionalInt.empty();
  }
}
