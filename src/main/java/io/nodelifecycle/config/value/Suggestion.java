package io.nodelifecycle.config.value;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known word that somebody most likely meant by an unknown one. */
public final class Suggestion {
  private static final int LENGTH_MAX = 100;

  private Suggestion() {}

  /**
   * The closest of the {@code known} words: the only one that starts with {@code word}, else the
   * one with the fewest changed, missing, added or swapped letters, at most one in three. Upper and
   * lower case, hyphen and underscore count as equal. Empty where none is close.
   */
  public static Optional<String> closest(String word, Collection<String> known) {
    if (word.isEmpty() || word.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    var wanted = folded(word);
    var continued = known.stream().filter(name -> folded(name).startsWith(wanted)).toList();
    if (continued.size() == 1 && wanted.length() > 2) {
      return Optional.of(continued.getFirst());
    }
    return known.stream()
        .filter(name -> distance(wanted, folded(name)) <= Math.max(1, wanted.length() / 3))
        .min(
            Comparator.<String>comparingInt(name -> distance(wanted, folded(name)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@link #closest} as the end of a clause: {@code (did you mean X?)}, or nothing. */
  public static String question(String word, Collection<String> known) {
    return closest(word, known).map(name -> " (did you mean " + name + "?)").orElse("");
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Optimal string alignment distance; three rows suffice for swapped neighbours. */
  private static int distance(String left, String right) {
    int[] beforeLast = new int[right.length() + 1];
    int[] last = new int[right.length() + 1];
    for (int column = 0; column <= right.length(); column++) {
      last[column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      int[] current = new int[right.length() + 1];
      current[0] = row;
      for (int column = 1; column <= right.length(); column++) {
        int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        int least = Math.min(last[column], current[column - 1]) + 1;
        least = Math.min(least, last[column - 1] + change);
        if (areSwapped(left, row, right, column)) {
          least = Math.min(least, beforeLast[column - 2] + 1);
        }
        current[column] = least;
      }
      beforeLast = last;
      last = current;
    }
    return last[right.length()];
  }

  private static boolean areSwapped(String left, int row, String right, int column) {
    return row > 1
        && column > 1
        && left.charAt(row - 1) == right.charAt(column - 2)
        && left.charAt(row - 2) == right.charAt(column - 1);
  }
}
