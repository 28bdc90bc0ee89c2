package io.nodelifecycle.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/** Switches {@link NeedsControlPlane} tests off where there are no binaries, and says so once. */
final class ControlPlaneCondition implements ExecutionCondition {
  private static final Namespace NAMESPACE = Namespace.create(ControlPlaneCondition.class);
  private static final String MESSAGE =
      "integration tests not run: KUBEBUILDER_ASSETS is not set or its folder lacks etcd and"
          + " kube-apiserver";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (ControlPlane.binaries().isPresent()) {
      return ConditionEvaluationResult.enabled("there are binaries of a control plane");
    }
    context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent("said", _ -> say(), Boolean.class);
    return ConditionEvaluationResult.disabled(MESSAGE);
  }

  private static Boolean say() {
    System.err.println(MESSAGE);
    return true;
  }
}
