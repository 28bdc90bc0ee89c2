package io.nodelifecycle.core.zone;

import io.nodelifecycle.core.model.Zone;

/**
 * How a node counts.
 *
 * @param zone the zone it belongs to
 * @param isCounted false for a node that is excluded from the computation of its zone's state
 * @param isReady whether it counts as ready
 */
public record Placement(Zone zone, boolean isCounted, boolean isReady) {}
