/**
 * Judges zones: counts their nodes, says how disrupted they are and how fast their nodes may be
 * tainted, and keeps the queue of each.
 *
 * <p>Called by {@code core.NodeLifecycle}. Pure: knows nodes only as counted or not, ready or not.
 */
@NullMarked
package io.nodelifecycle.core.zone;

import org.jspecify.annotations.NullMarked;
