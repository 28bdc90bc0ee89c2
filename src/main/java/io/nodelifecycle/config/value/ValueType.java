package io.nodelifecycle.config.value;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A kind of value: how it is read, how it is written, what it refuses.
 *
 * @param placeholder one upper-case word for the value in a synopsis: {@code DURATION}
 * @param values unit or possible values, for the reference: "duration, such as 5s"
 * @param refused which values are refused, for the reference: "&lt;= 0"; empty where nothing but
 *     unreadable text is
 * @param parser reads a text; never throws
 * @param formatter writes a value so that {@code parser} reads the same value again
 * @param <T> type of the value
 */
public record ValueType<T>(
    String placeholder,
    String values,
    String refused,
    Function<String, Parsed<T>> parser,
    Function<T, String> formatter) {

  /** Reads a text. */
  public Parsed<T> parse(String text) {
    return parser.apply(text);
  }

  /** Writes a value. */
  public String format(T value) {
    return formatter.apply(value);
  }

  /** Counts something: replaces what the reference says about unit and values. */
  public ValueType<T> in(String unit) {
    return new ValueType<>(placeholder, unit, refused, parser, formatter);
  }

  /** The same type without the values that break {@code rule}; see {@link Parsed.Bad}. */
  public ValueType<T> where(Predicate<T> rule, String refused, Parsed.Bad<T> otherwise) {
    return new ValueType<>(
        placeholder,
        values,
        refused,
        text -> parser.apply(text).then(value -> rule.test(value) ? Parsed.good(value) : otherwise),
        formatter);
  }
}
