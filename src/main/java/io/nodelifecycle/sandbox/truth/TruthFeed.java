package io.nodelifecycle.sandbox.truth;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.LeaseGone;
import io.nodelifecycle.core.Observation.LeaseSeen;
import io.nodelifecycle.core.Observation.NodeGone;
import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.Observation.PodGone;
import io.nodelifecycle.core.Observation.PodSeen;
import io.nodelifecycle.invariant.Invariants;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import java.time.Instant;

/** Tells the rules what the in-memory cluster holds. For one thread at a time. */
public final class TruthFeed {
  private final Invariants invariants;
  private final ObjectReading reading = new ObjectReading(true);

  /** Tells these rules. */
  public TruthFeed(Invariants invariants) {
    this.invariants = invariants;
  }

  /**
   * A node, a pod or the lease of a node has changed.
   *
   * @param now on the time line of the rules
   */
  public void changed(WatchEvent event, Instant now) {
    reading.observe(event, now).ifPresent(observation -> changed(observation, now));
  }

  private void changed(Observation observation, Instant now) {
    switch (observation) {
      case NodeSeen(var node, _, _) -> invariants.nodeIs(node, now);
      case NodeGone(var name, _) -> invariants.nodeGone(name, now);
      case PodSeen(var pod, _, _) -> {
        if (!pod.nodeName().isEmpty()) {
          invariants.podIs(pod, now);
        }
      }
      case PodGone(var pod) -> invariants.podGone(pod, now);
      case LeaseSeen(var node, var version) -> invariants.leaseIs(node, version, now);
      case LeaseGone(var node) -> invariants.leaseGone(node, now);
      default -> {}
    }
  }
}
