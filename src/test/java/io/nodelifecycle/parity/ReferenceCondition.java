package io.nodelifecycle.parity;

import io.nodelifecycle.testing.ControllerProcess;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Switches comparisons off where there is no reference, and says so; but not where they were asked
 * for by name, so that they fail with what is missing.
 */
public final class ReferenceCondition implements ExecutionCondition {
  static final String MISSING =
      "comparison with the reference not run: the folder KUBEBUILDER_ASSETS needs"
          + " kube-controller-manager 1.20.2 beside etcd and kube-apiserver, from"
          + " https://dl.k8s.io/v1.20.2/kubernetes-server-linux-amd64.tar.gz";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (ControllerProcess.referenceBinary().isPresent() || System.getProperty("parity") != null) {
      return ConditionEvaluationResult.enabled("there is a reference, or it was asked for");
    }
    System.err.println(MISSING);
    return ConditionEvaluationResult.disabled(MISSING);
  }
}
