package io.nodelifecycle.config.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go's {@code time.ParseDuration} reads and {@code Duration.String} prints them:
 * {@code 1m30s}, {@code 100ms}, {@code 1.5h}. Exact to the nanosecond; what lies beyond 64 bits of
 * nanoseconds (about 292 years) is refused, as in Go.
 */
public final class GoDuration {
  private static final int LENGTH_MAX = 100;
  private static final Pattern PART = Pattern.compile("([0-9]*)(?:\\.([0-9]*))?([^0-9.]*)");
  private static final BigInteger NANOS_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger NANOS_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final String REMEDY = "give a duration such as 5s, 1m30s or 100ms";

  /** Both spellings of the micro sign count, as in Go. */
  private static final Map<String, Long> UNITS =
      Map.of(
          "ns", 1L,
          "us", NANOS_PER_MICRO,
          "\u00b5s", NANOS_PER_MICRO,
          "\u03bcs", NANOS_PER_MICRO,
          "ms", NANOS_PER_MILLI,
          "s", NANOS_PER_SECOND,
          "m", 60 * NANOS_PER_SECOND,
          "h", 3600 * NANOS_PER_SECOND);

  private GoDuration() {}

  /** Reads {@code text}; zero and negative durations are durations too. */
  public static Parsed<Duration> parse(String text) {
    if (text.length() > LENGTH_MAX) {
      return Parsed.bad("is too long for a duration", REMEDY);
    }
    boolean isNegative = text.startsWith("-");
    String unsigned = isNegative || text.startsWith("+") ? text.substring(1) : text;
    if (unsigned.equals("0")) {
      return Parsed.good(Duration.ZERO);
    }
    if (unsigned.isEmpty()) {
      return Parsed.bad("is not a duration", REMEDY);
    }
    return sum(unsigned).then(nanos -> inRange(isNegative ? nanos.negate() : nanos));
  }

  private static Parsed<BigInteger> sum(String unsigned) {
    var total = BigInteger.ZERO;
    Matcher part = PART.matcher(unsigned);
    for (int at = 0; at < unsigned.length(); at = part.end()) {
      part.region(at, unsigned.length());
      if (!part.lookingAt() || part.end() == at) {
        return Parsed.bad("is not a duration", REMEDY);
      }
      String whole = part.group(1);
      String fraction = part.group(2) == null ? "" : part.group(2);
      String unit = part.group(3);
      if (whole.isEmpty() && fraction.isEmpty()) {
        return Parsed.bad("is not a duration", REMEDY);
      }
      if (unit.isEmpty()) {
        return Parsed.bad("is a duration without a unit", REMEDY);
      }
      Long nanosPerUnit = UNITS.get(unit);
      if (nanosPerUnit == null) {
        return Parsed.bad(
            "has the unknown unit " + Quoted.of(unit) + " (there are ns, us, ms, s, m and h)",
            REMEDY);
      }
      total = total.add(nanos(whole, fraction, nanosPerUnit));
    }
    return Parsed.good(total);
  }

  private static BigInteger nanos(String whole, String fraction, long nanosPerUnit) {
    return new BigDecimal("0" + whole + "." + fraction + "0")
        .multiply(BigDecimal.valueOf(nanosPerUnit))
        .setScale(0, RoundingMode.DOWN)
        .toBigInteger();
  }

  private static Parsed<Duration> inRange(BigInteger nanos) {
    return nanos.compareTo(NANOS_MAX) > 0 || nanos.compareTo(NANOS_MIN) < 0
        ? Parsed.bad("is longer than 64 bits of nanoseconds can hold", REMEDY)
        : Parsed.good(Duration.ofNanos(nanos.longValueExact()));
  }

  /** Prints {@code duration} as Go does: {@code 50s}, {@code 1m0s}, {@code 1.5ms}, {@code 0s}. */
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      return "-" + format(duration.negated());
    }
    if (duration.isZero()) {
      return "0s";
    }
    if (duration.toSeconds() == 0) {
      return formatBelowSecond(duration.toNanosPart());
    }
    var text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutes() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    long nanosOfMinute = duration.toSecondsPart() * NANOS_PER_SECOND + duration.toNanosPart();
    return text.append(quotient(nanosOfMinute, NANOS_PER_SECOND)).append('s').toString();
  }

  private static String formatBelowSecond(long nanos) {
    if (nanos < NANOS_PER_MICRO) {
      return nanos + "ns";
    }
    return nanos < NANOS_PER_MILLI
        ? quotient(nanos, NANOS_PER_MICRO) + "\u00b5s"
        : quotient(nanos, NANOS_PER_MILLI) + "ms";
  }

  private static String quotient(long nanos, long unit) {
    var exact = BigDecimal.valueOf(nanos).divide(BigDecimal.valueOf(unit));
    return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
  }
}
