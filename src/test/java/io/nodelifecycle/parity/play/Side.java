package io.nodelifecycle.parity.play;

import io.nodelifecycle.parity.scenario.Scenario.Flags;
import io.nodelifecycle.testing.ControllerProcess;
import java.nio.file.Path;
import java.util.Map;

/** Which controller looks after a cluster. */
enum Side {
  /** kube-controller-manager. */
  REFERENCE("the reference") {
    @Override
    ControllerProcess start(Path folder, Path kubeconfig, Flags flags) {
      return ControllerProcess.reference(folder, kubeconfig, flags.ofReference());
    }

    @Override
    Map<String, String> flags(Flags flags) {
      return flags.ofReference();
    }
  },

  /** The packaged program. */
  PROGRAM("the program") {
    @Override
    ControllerProcess start(Path folder, Path kubeconfig, Flags flags) {
      return ControllerProcess.program(folder, kubeconfig, flags.ofProgram());
    }

    @Override
    Map<String, String> flags(Flags flags) {
      return flags.ofProgram();
    }
  };

  private final String words;

  Side(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** Starts it; its output is kept in the folder. */
  abstract ControllerProcess start(Path folder, Path kubeconfig, Flags flags);

  /** The flags that it is started with. */
  abstract Map<String, String> flags(Flags flags);
}
