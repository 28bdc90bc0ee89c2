package io.nodelifecycle.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An integration test that needs a command of the machine. Without it the test does not run, and
 * the build says so in one line.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CommandCondition.class)
public @interface NeedsCommand {
  /** The name of the command, looked for on the path. */
  String value();

  /** What the build says where it is missing. */
  String without();
}
