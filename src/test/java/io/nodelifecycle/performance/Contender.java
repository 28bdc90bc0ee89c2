package io.nodelifecycle.performance;

import io.nodelifecycle.testing.ControllerProcess;
import java.nio.file.Path;
import java.util.Map;

/** What is measured. */
enum Contender {
  /** kube-controller-manager with its node lifecycle controllers alone. */
  REFERENCE {
    @Override
    ControllerProcess start(Path folder, Path kubeconfig, Map<String, String> flags) {
      return ControllerProcess.reference(folder, kubeconfig, flags);
    }
  },

  /** The packaged program. */
  PROGRAM {
    @Override
    ControllerProcess start(Path folder, Path kubeconfig, Map<String, String> flags) {
      return ControllerProcess.program(folder, kubeconfig, flags);
    }
  };

  /** Starts it; its output is kept in the folder. */
  abstract ControllerProcess start(Path folder, Path kubeconfig, Map<String, String> flags);
}
