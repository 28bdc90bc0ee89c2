package io.nodelifecycle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ControllerProcess;
import java.time.Duration;
import java.util.regex.Pattern;

/** What is asked of every run of the program, whatever it was given. */
final class Outputs {
  /** In-flight writes have five seconds; the rest is a busy machine's. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(8);

  private static final Pattern STACK_TRACE =
      Pattern.compile("(?m)^\\s+at [\\w.$/@]+\\(.*\\)|^Exception in thread|^Caused by: ");

  private Outputs() {}

  /** No user is shown a stack trace. */
  static void hasNoStackTrace(ControllerProcess controller) {
    assertThat(controller.output()).doesNotContainPattern(STACK_TRACE);
  }

  /** It ends when it is asked to, in time and with exit code 0. */
  static void endsWell(ControllerProcess controller) {
    assertThat(controller.terminate(STOP_TIMEOUT)).as(controller.tail()).hasValue(0);
    hasNoStackTrace(controller);
  }

  /** It says this within the time given. */
  static void says(ControllerProcess controller, String regularExpression, Duration timeout) {
    assertThat(controller.awaitOutput(regularExpression, timeout))
        .as("says " + regularExpression + "\n" + controller.tail())
        .isTrue();
  }
}
