package io.nodelifecycle.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValueTypesTest {
  private enum Speed {
    SLOW,
    VERY_FAST
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "1, true", "t, true", "T, true", "true, true", "TRUE, true", "True, true",
    "0, false", "f, false", "F, false", "false, false", "FALSE, false", "False, false",
  })
  void readsBooleansAsGoDoes(String text, boolean value) {
    assertThat(ValueTypes.bool().parse(text)).isEqualTo(Parsed.good(value));
  }

  @ParameterizedTest(name = "{0} is no boolean")
  @CsvSource({"''", "yes", "no", "on", "tRUE", "2", "' true'"})
  void refusesOtherBooleans(String text) {
    assertThat(ValueTypes.bool().parse(text))
        .isEqualTo(Parsed.bad("is neither true nor false", "give true or false"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "-4, is outside -3..7",
    "8, is outside -3..7",
    "2147483648, is outside -3..7",
    "-99999999999999999999999999, is outside -3..7",
    "'', is not a whole number in decimal digits",
    "1.0, is not a whole number in decimal digits",
    "1e0, is not a whole number in decimal digits",
    "0x1, is not a whole number in decimal digits",
    "010, is not a whole number in decimal digits",
    "1_0, is not a whole number in decimal digits",
    "' 1', is not a whole number in decimal digits",
  })
  void refusesWholeNumbersOutsideTheirRange(String text, String what) {
    assertThat(ValueTypes.wholeNumber(-3, 7).parse(text))
        .isEqualTo(Parsed.bad(what, "give a number from -3 to 7"));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({"-3, -3", "0, 0", "-0, 0", "+6, 6", "7, 7"})
  void readsWholeNumbersWithinTheirRange(String text, int value) {
    assertThat(ValueTypes.wholeNumber(-3, 7).parse(text)).isEqualTo(Parsed.good(value));
  }

  @ParameterizedTest(name = "{0} is {1}, written {2}")
  @CsvSource({
    "0.1, 0.1, 0.1",
    "20, 20, 20",
    "+.5, 0.5, 0.5",
    "5., 5, 5",
    "1e2, 100, 100",
    "-2.5E-1, -0.25, -0.25",
    "-0, 0, 0",
    "1e-400, 0, 0",
    "1e300, 1e300, 1E+300",
  })
  void readsNumbers(String text, double value, String written) {
    assertThat(ValueTypes.decimal().parse(text)).isEqualTo(Parsed.good(value));
    assertThat(ValueTypes.decimal().format(value)).isEqualTo(written);
    assertThat(ValueTypes.decimal().parse(written)).isEqualTo(Parsed.good(value));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "NaN, is not a finite number",
    "nan, is not a finite number",
    ".nan, is not a finite number",
    "Inf, is not a finite number",
    "+Inf, is not a finite number",
    "-Infinity, is not a finite number",
    ".inf, is not a finite number",
    "1e309, is too large for a number",
    "-1e309, is too large for a number",
    "'', is not a number",
    "., is not a number",
    "1d, is not a number",
    "0x1p3, is not a number",
    "'1,5', is not a number",
    "' 1', is not a number",
    "1e9999999, is not a number",
  })
  void refusesOtherNumbers(String text, String what) {
    assertThat(ValueTypes.decimal().parse(text))
        .isEqualTo(Parsed.bad(what, "give a number such as 0.1"));
  }

  @Test
  void readsNamesOfConstants() {
    var type = ValueTypes.choice(Speed.class);

    assertThat(type.parse("very-fast")).isEqualTo(Parsed.good(Speed.VERY_FAST));
    assertThat(type.format(Speed.VERY_FAST)).isEqualTo("very-fast");
    assertThat(type.values()).isEqualTo("slow or very-fast");
    assertThat(type.parse("slwo"))
        .isEqualTo(Parsed.bad("is not known (did you mean slow?)", "give one of slow, very-fast"));
    assertThat(type.parse("SLOW")).isInstanceOf(Parsed.Bad.class);
    assertThat(type.parse("")).isInstanceOf(Parsed.Bad.class);
  }

  @Test
  void takesEmptyTextForNothingWhereAValueIsOptional() {
    var path = ValueTypes.optionalPath("FILE");

    assertThat(path.parse("")).isEqualTo(Parsed.good(Optional.empty()));
    assertThat(path.parse("a/b")).isEqualTo(Parsed.good(Optional.of(Path.of("a", "b"))));
    assertThat(path.format(Optional.of(Path.of("a", "b")))).isEqualTo("a/b");
    assertThat(path.format(Optional.empty())).isEmpty();
    assertThat(path.parse("a\0b"))
        .isEqualTo(Parsed.bad("is not a path", "give the path of a file or folder"));
  }

  @Test
  void splitsListsAtCommas() {
    assertThat(ValueTypes.words(" a,,b , ")).containsExactly("a", "b");
    assertThat(ValueTypes.words("")).isEmpty();
  }
}
