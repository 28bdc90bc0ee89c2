package io.nodelifecycle.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoDurationTest {

  @ParameterizedTest(name = "{0} is {1} ns")
  @CsvSource({
    "0, 0",
    "-0, 0",
    "+0, 0",
    "0s, 0",
    "1ns, 1",
    "2us, 2000",
    "3µs, 3000",
    "4μs, 4000",
    "100ms, 100000000",
    "5s, 5000000000",
    "+5s, 5000000000",
    "-6s, -6000000000",
    "1m30s, 90000000000",
    "1h30m, 5400000000000",
    "1.5h, 5400000000000",
    ".5s, 500000000",
    "7.s, 7000000000",
    "1.0000000009s, 1000000000",
    "0.1ns, 0",
    "1s1s, 2000000000",
    "1s2m, 121000000000",
    "012s, 12000000000",
    "9223372036854775807ns, 9223372036854775807",
    "-9223372036854775808ns, -9223372036854775808",
    "2562047h47m16.854775807s, 9223372036854775807",
  })
  void readsWhatGoReads(String text, long nanos) {
    assertThat(GoDuration.parse(text)).isEqualTo(Parsed.good(Duration.ofNanos(nanos)));
  }

  @ParameterizedTest(name = "\"{0}\" {1}")
  @CsvSource({
    "'', is not a duration",
    "-, is not a duration",
    "., is not a duration",
    ".s, is not a duration",
    "s, is not a duration",
    "five, is not a duration",
    "5, is a duration without a unit",
    "1.5, is a duration without a unit",
    "1m5, is a duration without a unit",
    "00, is a duration without a unit",
    "' 5s', is not a duration",
    "'5s ', 'has the unknown unit \"s \" (there are ns, us, ms, s, m and h)'",
    "1d, 'has the unknown unit \"d\" (there are ns, us, ms, s, m and h)'",
    "5S, 'has the unknown unit \"S\" (there are ns, us, ms, s, m and h)'",
    "1e3s, 'has the unknown unit \"e\" (there are ns, us, ms, s, m and h)'",
    "1s-1s, 'has the unknown unit \"s-\" (there are ns, us, ms, s, m and h)'",
    "--5s, is not a duration",
    "1..5s, is a duration without a unit",
    "٥s, is not a duration",
    "9223372036854775808ns, is longer than 64 bits of nanoseconds can hold",
    "-9223372036854775809ns, is longer than 64 bits of nanoseconds can hold",
    "2562048h, is longer than 64 bits of nanoseconds can hold",
    "99999999999999999999999h, is longer than 64 bits of nanoseconds can hold",
  })
  void refusesWhatGoRefuses(String text, String what) {
    assertThat(GoDuration.parse(text))
        .isEqualTo(Parsed.bad(what, "give a duration such as 5s, 1m30s or 100ms"));
  }

  @ParameterizedTest(name = "{0} digits: refused is {1}")
  @CsvSource({"98, false", "99, false", "100, true"})
  void refusesTextsThatAreTooLong(int zeros, boolean isRefused) {
    assertThat(GoDuration.parse("0".repeat(zeros) + "s") instanceof Parsed.Bad)
        .isEqualTo(isRefused);
  }

  @ParameterizedTest(name = "{0} ns is {1}")
  @CsvSource({
    "0, 0s",
    "1, 1ns",
    "999, 999ns",
    "1000, 1µs",
    "1500, 1.5µs",
    "999999, 999.999µs",
    "1000000, 1ms",
    "100000000, 100ms",
    "999999999, 999.999999ms",
    "1000000000, 1s",
    "1500000000, 1.5s",
    "50000000000, 50s",
    "59999999999, 59.999999999s",
    "60000000000, 1m0s",
    "90000000000, 1m30s",
    "300000000000, 5m0s",
    "3600000000000, 1h0m0s",
    "5400000000000, 1h30m0s",
    "3600500000000, 1h0m0.5s",
    "-90000000000, -1m30s",
    "9223372036854775807, 2562047h47m16.854775807s",
    "-9223372036854775808, -2562047h47m16.854775808s",
  })
  void printsAsGoDoesAndReadsItBack(long nanos, String text) {
    var duration = Duration.ofNanos(nanos);

    assertThat(GoDuration.format(duration)).isEqualTo(text);
    assertThat(GoDuration.parse(text)).isEqualTo(Parsed.good(duration));
  }
}
