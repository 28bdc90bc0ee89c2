package io.nodelifecycle.core.zone;

import io.nodelifecycle.core.model.Zone;
import java.time.Instant;

/**
 * How a zone is doing.
 *
 * @param zone which
 * @param state as of the last judgement
 * @param size how many of its nodes are counted
 * @param notReady how many of these are not ready
 * @param rate nodes per second that may be let out of its queue
 * @param queued how many nodes wait in its queue
 * @param oldestQueuedAt since when the first of them waits, {@link Instant#MAX} if none does
 */
public record ZoneStatus(
    Zone zone,
    ZoneState state,
    int size,
    int notReady,
    double rate,
    int queued,
    Instant oldestQueuedAt) {}
