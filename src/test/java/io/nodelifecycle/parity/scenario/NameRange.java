package io.nodelifecycle.parity.scenario;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Names as scenarios write them: one name, or a range such as {@code a1..a4} that ends alike. */
final class NameRange {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?");
  private static final Pattern RANGE =
      Pattern.compile("(?<stem>[a-z][-a-z]*)(?<first>\\d{1,4})\\.\\.\\k<stem>(?<last>\\d{1,4})");
  private static final int SIZE_MAX = 200;

  private NameRange() {}

  /** The names; nothing where the text is neither a name nor an ascending range. */
  static Optional<List<String>> parse(String text) {
    var range = RANGE.matcher(text);
    if (range.matches()) {
      int first = Integer.parseInt(range.group("first"));
      int last = Integer.parseInt(range.group("last"));
      var stem = range.group("stem");
      return first < last && last - first < SIZE_MAX
          ? Optional.of(IntStream.rangeClosed(first, last).mapToObj(i -> stem + i).toList())
          : Optional.empty();
    }
    return NAME.matcher(text).matches() && !text.contains("..")
        ? Optional.of(List.of(text))
        : Optional.empty();
  }
}
