package io.nodelifecycle.config.value;

import java.util.function.Function;

/**
 * What reading a text as a value of type {@code T} came to.
 *
 * @param <T> type of the value
 */
public sealed interface Parsed<T> {

  /** The text is a value. */
  record Good<T>(T value) implements Parsed<T> {}

  /**
   * The text is not a value.
   *
   * @param what what is wrong, to be read after the text itself: "is not a number"
   * @param remedy what to do next, an imperative: "give a number such as 0.1"
   */
  record Bad<T>(String what, String remedy) implements Parsed<T> {}

  /** A text that was read. */
  static <T> Parsed<T> good(T value) {
    return new Good<>(value);
  }

  /** A text that is refused; see {@link Bad} for how the two sentences read. */
  static <T> Parsed<T> bad(String what, String remedy) {
    return new Bad<>(what, remedy);
  }

  /** Goes on reading where this went well; a refusal stays what it is. */
  default <R> Parsed<R> then(Function<? super T, Parsed<R>> next) {
    return switch (this) {
      case Good<T>(var value) -> next.apply(value);
      case Bad<T>(var what, var remedy) -> new Bad<>(what, remedy);
    };
  }
}
