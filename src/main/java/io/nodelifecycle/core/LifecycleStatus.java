package io.nodelifecycle.core;

import io.nodelifecycle.core.foreign.ForeignFinding;
import io.nodelifecycle.core.zone.ZoneStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the deciding part is doing: for people, metrics and pages.
 *
 * @param nodes how many there are
 * @param pods how many bound ones there are
 * @param zones every zone that has a node
 * @param isStopped every zone looks dead, so that nothing is tainted or evicted
 * @param isPatient nothing is concluded from silence now
 * @param pendingEvictions how many pods are to go, now or when their countdown ends
 * @param nextDeadline when the next countdown ends, {@link Instant#MAX} if none runs
 * @param foreign what was last seen of another controller that writes the same; empty if nothing
 */
public record LifecycleStatus(
    int nodes,
    int pods,
    List<ZoneStatus> zones,
    boolean isStopped,
    boolean isPatient,
    int pendingEvictions,
    Instant nextDeadline,
    Optional<ForeignFinding> foreign) {
  /** Copies the list. */
  public LifecycleStatus {
    zones = List.copyOf(zones);
  }
}
