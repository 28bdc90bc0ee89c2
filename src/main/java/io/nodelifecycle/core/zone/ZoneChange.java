package io.nodelifecycle.core.zone;

import io.nodelifecycle.core.model.Zone;

/**
 * A zone whose state or rate changed.
 *
 * @param zone which
 * @param from the state before
 * @param to the state now
 * @param notReady how many of its counted nodes are not ready
 * @param size how many of its nodes are counted
 * @param rate nodes per second that may be tainted now
 */
public record ZoneChange(
    Zone zone, ZoneState from, ZoneState to, int notReady, int size, double rate) {}
