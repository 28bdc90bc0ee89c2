package io.nodelifecycle.golden;

import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.witness.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Which controller a recording is replayed against. Replaying against a reference shows that the
 * replay itself is right; {@code -Dgolden.subject=REFERENCE_1_20} chooses it.
 */
enum Subject {
  /** The packaged program. */
  PROGRAM(1.5) {
    @Override
    ControllerProcess start(Path folder, Path kubeconfig, Map<String, String> flags) {
      return ControllerProcess.program(folder, kubeconfig, flags);
    }

    @Override
    List<List<Change>> wanted(Recording recording) {
      return IntendedDifference.applyTo(recording);
    }
  },

  /**
   * The older reference, kube-controller-manager 1.20: it taints one monitor period later, has no
   * DisruptionTarget condition, and names the source of its events otherwise.
   */
  REFERENCE_1_20(3.0) {
    @Override
    ControllerProcess start(Path folder, Path kubeconfig, Map<String, String> flags) {
      return ControllerProcess.reference(folder, kubeconfig, flags);
    }

    @Override
    List<List<Change>> wanted(Recording recording) {
      return List.of(
          recording.changes().stream()
              .filter(change -> !change.what().equals("cond DisruptionTarget"))
              .map(change ->
                  change.renamed(
                      change.name(),
                      change.value().replace("taint-eviction-controller", "taint-controller")))
              .toList());
    }
  };

  private final double tolerance;

  Subject(double tolerance) {
    this.tolerance = tolerance;
  }

  static Subject chosen() {
    return valueOf(System.getProperty("golden.subject", PROGRAM.name()));
  }

  abstract ControllerProcess start(Path folder, Path kubeconfig, Map<String, String> flags);

  /** The lists of changes of which one must be seen. */
  abstract List<List<Change>> wanted(Recording recording);

  /** How many seconds later than recorded a change may be seen. */
  double tolerance() {
    return tolerance;
  }
}
