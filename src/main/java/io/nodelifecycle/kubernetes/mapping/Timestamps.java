package io.nodelifecycle.kubernetes.mapping;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** The wire format of {@code metav1.Time} (UTC, whole seconds) and {@code metav1.MicroTime}. */
public final class Timestamps {
  /** Later times are clamped: durations between clamped times fit into 64 bits of nanoseconds. */
  static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);

  private static final int SECONDS_LENGTH = "2006-01-02T15:04:05Z".length();

  private Timestamps() {}

  /** As the API server writes it: UTC, whole seconds. */
  public static String format(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** As the API server writes {@code MicroTime}: UTC, six digits after the point. */
  public static String formatMicros(Instant time) {
    return MICROS.format(time.atOffset(ZoneOffset.UTC));
  }

  /** The time, exactly as it was sent; empty for what is not a time, and for Go's zero time. */
  static Optional<Instant> exact(String text) {
    try {
      var time =
          text.length() == SECONDS_LENGTH && text.charAt(SECONDS_LENGTH - 1) == 'Z'
              ? seconds(text)
              : OffsetDateTime.parse(text).toInstant();
      return time.isBefore(Instant.EPOCH) ? Optional.empty() : Optional.of(time);
    } catch (DateTimeException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** The time, clamped to what arithmetic with it can bear; empty as in {@link #exact}. */
  static Optional<Instant> clamped(String text) {
    return exact(text).map(time -> time.isAfter(LATEST) ? LATEST : time);
  }

  private static Instant seconds(String text) {
    return LocalDateTime.of(
            digits(text, 0, 4),
            digits(text, 5, 7),
            digits(text, 8, 10),
            digits(text, 11, 13),
            digits(text, 14, 16),
            digits(text, 17, 19))
        .toInstant(ZoneOffset.UTC);
  }

  private static int digits(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
