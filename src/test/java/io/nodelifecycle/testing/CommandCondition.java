package io.nodelifecycle.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Switches {@link NeedsCommand} tests off where the command is missing, and says so. */
final class CommandCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    var needed =
        AnnotationSupport.findAnnotation(context.getTestClass(), NeedsCommand.class).orElseThrow();
    if (isInstalled(needed.value())) {
      return ConditionEvaluationResult.enabled("there is " + needed.value());
    }
    if (context.getTestMethod().isEmpty()) {
      System.err.println(needed.without());
    }
    return ConditionEvaluationResult.disabled(needed.without());
  }

  private static boolean isInstalled(String command) {
    return Optional.ofNullable(System.getenv("PATH")).stream()
        .flatMap(path -> Stream.of(path.split(Pattern.quote(File.pathSeparator), -1)))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }
}
