package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.simulate.engine.InitialCluster;
import java.util.List;

/** What getting a cluster came to. */
public sealed interface ClusterOutcome {
  /**
   * A cluster that can be simulated.
   *
   * @param notes worth knowing, one line each
   */
  record Good(InitialCluster cluster, List<String> notes) implements ClusterOutcome {
    /** Takes a copy. */
    public Good {
      notes = List.copyOf(notes);
    }
  }

  /** None. There is at least one problem; all that were found are here, each with its place. */
  record Bad(List<String> problems) implements ClusterOutcome {
    /** Takes a copy. */
    public Bad {
      problems = List.copyOf(problems);
    }
  }
}
