package io.nodelifecycle.simulate.report.page;

import java.io.IOException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Switches {@link NeedsChromium} tests off where there is no browser, and says so. */
final class ChromiumCondition implements ExecutionCondition {
  private static final String MESSAGE = "report not opened: there is no chromium on the PATH";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (isThere()) {
      return ConditionEvaluationResult.enabled("there is a chromium");
    }
    if (context.getTestMethod().isEmpty()) {
      System.err.println(MESSAGE);
    }
    return ConditionEvaluationResult.disabled(MESSAGE);
  }

  private static boolean isThere() {
    try {
      var process =
          new ProcessBuilder("chromium", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
