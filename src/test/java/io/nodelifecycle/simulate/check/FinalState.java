package io.nodelifecycle.simulate.check;

import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the API server holds at the end of a run, all instants on one true time line.
 *
 * @param nodes all nodes
 * @param heardAt when each node's kubelet last renewed its lease or posted its status
 * @param pods all bound pods
 * @param boundAt when each pod, by its uid, was bound
 * @param taintedAt when each NoExecute taint appeared, by node name and {@code key:effect}; a
 *     health taint that was swapped counts from the first of the two
 * @param quietSince since when nothing has happened that anybody has to react to, no request fails
 *     and every watch delivers at once
 * @param now the end
 */
record FinalState(
    List<NodeSnapshot> nodes,
    Map<String, Instant> heardAt,
    List<PodSnapshot> pods,
    Map<String, Instant> boundAt,
    Map<String, Map<String, Instant>> taintedAt,
    Instant quietSince,
    Instant now) {}
