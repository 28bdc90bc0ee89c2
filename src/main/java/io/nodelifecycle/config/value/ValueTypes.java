package io.nodelifecycle.config.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The vocabulary of value types that settings are made of. */
public final class ValueTypes {
  private static final int PLAIN_DIGITS_MAX = 20;
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");
  private static final Pattern WHOLE = Pattern.compile("[+-]?(0|[1-9][0-9]*)");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,6})?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[+-]?\\.?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

  private ValueTypes() {}

  /** A duration in Go's form, also zero or negative. */
  public static ValueType<Duration> duration() {
    return new ValueType<>(
        "DURATION", "duration such as 1m30s", "", GoDuration::parse, GoDuration::format);
  }

  /** A duration longer than zero. */
  public static ValueType<Duration> positiveDuration() {
    return duration()
        .where(
            Duration::isPositive,
            "<= 0",
            new Parsed.Bad<>("must be greater than 0", "give a duration such as 5s"));
  }

  /** True or false in the spellings of Go's {@code strconv.ParseBool}. */
  public static ValueType<Boolean> bool() {
    return new ValueType<>("BOOL", "true or false", "", ValueTypes::parseBool, String::valueOf);
  }

  /** A decimal whole number from {@code least} to {@code greatest}, both included. */
  public static ValueType<Integer> wholeNumber(int least, int greatest) {
    String range = "from " + least + " to " + greatest;
    return new ValueType<>(
        "NUMBER",
        "whole number " + range,
        greatest == Integer.MAX_VALUE
            ? (least == 1 ? "<= 0" : "negative")
            : "outside " + least + ".." + greatest,
        text -> parseWhole(text, least, greatest, range),
        String::valueOf);
  }

  /** A finite decimal number. */
  public static ValueType<Double> decimal() {
    return new ValueType<>(
        "NUMBER", "number", "NaN or infinite", ValueTypes::parseDecimal, ValueTypes::formatDecimal);
  }

  /** A finite number that is not negative. */
  public static ValueType<Double> rate() {
    return decimal()
        .where(
            value -> value >= 0,
            "negative, NaN or infinite",
            new Parsed.Bad<>("must not be negative", "give 0 to stop, or a number such as 0.1"));
  }

  /** One of the constants of an enum, spelled in lower case. */
  public static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
    var constants = List.of(type.getEnumConstants());
    var names = constants.stream().map(ValueTypes::spelled).toList();
    return new ValueType<>(
        "NAME",
        String.join(" or ", names),
        "anything else",
        text -> {
          int at = names.indexOf(text);
          return at >= 0
              ? Parsed.good(constants.get(at))
              : Parsed.bad(
                  "is not known" + Suggestion.question(text, names),
                  "give one of " + String.join(", ", names));
        },
        ValueTypes::spelled);
  }

  /** Text as it stands; the empty text means that nothing is set. */
  public static ValueType<Optional<String>> optionalText(String placeholder) {
    return optional(placeholder, "text, none if empty", Parsed::good, Function.identity());
  }

  /**
   * A file or folder; the empty text means that nothing is set. Whether it exists is not looked at.
   */
  public static ValueType<Optional<Path>> optionalPath(String placeholder) {
    return optional(placeholder, "path, none if empty", ValueTypes::parsePath, Path::toString);
  }

  /** A value that need not be set: the empty text is read as none. */
  public static <T> ValueType<Optional<T>> optional(
      String placeholder,
      String values,
      Function<String, Parsed<T>> parser,
      Function<T, String> formatter) {
    return new ValueType<>(
        placeholder,
        values,
        "",
        text ->
            text.isEmpty()
                ? Parsed.good(Optional.empty())
                : parser.apply(text).then(value -> Parsed.good(Optional.of(value))),
        value -> value.map(formatter).orElse(""));
  }

  /** Text that a whole pattern must match; {@code otherwise} says what is wrong. */
  public static ValueType<String> matching(
      Pattern pattern, String placeholder, Parsed.Bad<String> otherwise) {
    return new ValueType<>(
        placeholder,
        "text",
        "anything that " + otherwise.what(),
        text -> pattern.matcher(text).matches() ? Parsed.good(text) : otherwise,
        Function.identity());
  }

  private static Parsed<Boolean> parseBool(String text) {
    if (TRUE.contains(text)) {
      return Parsed.good(true);
    }
    return FALSE.contains(text)
        ? Parsed.good(false)
        : Parsed.bad("is neither true nor false", "give true or false");
  }

  private static Parsed<Integer> parseWhole(String text, int least, int greatest, String range) {
    if (!WHOLE.matcher(text).matches()) {
      return Parsed.bad("is not a whole number in decimal digits", "give a number " + range);
    }
    var value = new BigInteger(text.length() > PLAIN_DIGITS_MAX ? clipped(text) : text);
    return value.compareTo(BigInteger.valueOf(least)) < 0
            || value.compareTo(BigInteger.valueOf(greatest)) > 0
        ? Parsed.bad("is outside " + least + ".." + greatest, "give a number " + range)
        : Parsed.good(value.intValueExact());
  }

  /** Far outside every range already; the remaining digits would only cost time. */
  private static String clipped(String digits) {
    return digits.substring(0, PLAIN_DIGITS_MAX);
  }

  private static Parsed<Double> parseDecimal(String text) {
    if (NOT_FINITE.matcher(text).matches()) {
      return Parsed.bad("is not a finite number", "give a number such as 0.1");
    }
    if (!DECIMAL.matcher(text).matches()) {
      return Parsed.bad("is not a number", "give a number such as 0.1");
    }
    double value = Double.parseDouble(text);
    return Double.isInfinite(value)
        ? Parsed.bad("is too large for a number", "give a number such as 0.1")
        : Parsed.good(value == 0 ? 0.0 : value);
  }

  private static String formatDecimal(double value) {
    var exact = BigDecimal.valueOf(value).stripTrailingZeros();
    boolean isShort = Math.abs(exact.scale()) + exact.precision() <= PLAIN_DIGITS_MAX;
    return isShort ? exact.toPlainString() : exact.toString();
  }

  private static Parsed<Path> parsePath(String text) {
    try {
      return Parsed.good(Path.of(text));
    } catch (InvalidPathException _) {
      return Parsed.bad("is not a path", "give the path of a file or folder");
    }
  }

  private static <E extends Enum<E>> String spelled(E constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The words of a comma-separated list, without the empty ones and the spaces around each. */
  public static List<String> words(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
