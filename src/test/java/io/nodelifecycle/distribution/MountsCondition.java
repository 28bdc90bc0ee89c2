package io.nodelifecycle.distribution;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/** Switches {@link NeedsMounts} tests off where one may not mount, and says so once. */
final class MountsCondition implements ExecutionCondition {
  private static final Namespace NAMESPACE = Namespace.create(MountsCondition.class);
  private static final String MESSAGE =
      "the image was not run: that takes the rights to mount and to change the root folder";
  private static final String TRIAL =
      "mount --bind /dev /dev && mount -t proc proc /proc && chroot --userspec=65532:65532 / true";
  private static final int SECONDS_MAX = 10;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    var canMount =
        context
            .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
            .computeIfAbsent("can mount", _ -> tryAndSay(), Boolean.class);
    return canMount
        ? ConditionEvaluationResult.enabled("one may mount here")
        : ConditionEvaluationResult.disabled(MESSAGE);
  }

  private static Boolean tryAndSay() {
    var canMount = tryIt();
    if (!canMount) {
      System.err.println(MESSAGE);
    }
    return canMount;
  }

  private static boolean tryIt() {
    try {
      var process =
          new ProcessBuilder("unshare", "--mount", "--propagation", "private", "sh", "-c", TRIAL)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while trying to mount", e);
    }
  }
}
