package io.nodelifecycle.parity.play;

import io.nodelifecycle.parity.scenario.Scenario.Flags;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.DeployedAccount;
import java.nio.file.Path;
import java.util.Map;

/** Which controller looks after a cluster. */
enum Side {
  /** kube-controller-manager. */
  REFERENCE("the reference") {
    @Override
    Path kubeconfig(ControlPlane plane) {
      return plane.kubeconfig();
    }

    @Override
    ControllerProcess start(Path folder, Path kubeconfig, Flags flags) {
      return ControllerProcess.reference(folder, kubeconfig, flags.ofReference());
    }

    @Override
    Map<String, String> flags(Flags flags) {
      return flags.ofReference();
    }
  },

  /** The packaged program, which may do what its deployment says and nothing else. */
  PROGRAM("the program") {
    @Override
    Path kubeconfig(ControlPlane plane) {
      return DeployedAccount.kubeconfig(plane);
    }

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

  /** A kubeconfig file for it. */
  abstract Path kubeconfig(ControlPlane plane);

  /** Starts it; its output is kept in the folder. */
  abstract ControllerProcess start(Path folder, Path kubeconfig, Flags flags);

  /** The flags that it is started with. */
  abstract Map<String, String> flags(Flags flags);
}
