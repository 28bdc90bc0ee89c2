package io.nodelifecycle.coexistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** The lines of a running program's log that say something. */
record LogLines(ControllerProcess process) {
  private static final Duration SOON = Duration.ofSeconds(40);

  /** When it said this, each time. */
  List<Instant> times(String regularExpression) {
    return Pattern.compile("(?m)^(\\S+Z) .*" + regularExpression)
        .matcher(process.output())
        .results()
        .map(line -> Instant.parse(line.group(1)))
        .toList();
  }

  /** How often it said this. */
  int count(String regularExpression) {
    return times(regularExpression).size();
  }

  /** Waits until it has said this so often; when it did for the last time. */
  Instant awaits(String regularExpression, int count) {
    assertThat(Pause.until(SOON, () -> count(regularExpression) >= count))
        .as("says %d times %s\n%s", count, regularExpression, process.tail())
        .isTrue();
    return times(regularExpression).getLast();
  }
}
