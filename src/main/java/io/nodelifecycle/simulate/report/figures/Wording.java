package io.nodelifecycle.simulate.report.figures;

import java.time.Duration;
import java.util.Locale;

/** How figures and names are written for people, on a terminal as on a page. */
public final class Wording {
  private Wording() {}

  /**
   * A time since the beginning or a length, to the second: {@code 0s}, {@code 12m34s}, {@code
   * 1h02m03s}.
   *
   * @param time rounded down; a negative one gets a minus
   */
  public static String time(Duration time) {
    if (time.isNegative()) {
      return "-" + time(time.negated());
    }
    if (time.toHours() > 0) {
      return "%dh%02dm%02ds".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
    return time.toMinutes() > 0
        ? "%dm%02ds".formatted(time.toMinutes(), time.toSecondsPart())
        : time.toSeconds() + "s";
  }

  /** A number with commas between thousands: {@code 150,000}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A number and its noun, which gets an s unless there is one: {@code 1 node}. */
  public static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** The zone's name, or what stands for the unnamed zone. */
  public static String zone(String zone) {
    return zone.isEmpty() ? "(no zone)" : printable(zone);
  }

  /**
   * The text on one line: characters that would steer a terminal or turn the direction of writing
   * are replaced.
   */
  public static String printable(String text) {
    if (text.codePoints().allMatch(Wording::isPrintable)) {
      return text;
    }
    var clean = new StringBuilder();
    text.codePoints()
        .forEach(point -> clean.appendCodePoint(isPrintable(point) ? point : '\ufffd'));
    return clean.toString();
  }

  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** At most {@code max} characters, the last of them an ellipsis if something is left out. */
  public static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
    return text.substring(0, end) + "…";
  }
}
