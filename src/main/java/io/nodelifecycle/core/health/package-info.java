/**
 * When a node is silent, and what its conditions then become.
 *
 * <p>Called by {@code core.NodeLifecycle}, which keeps one {@link
 * io.nodelifecycle.core.health.NodeHealth} per node. Clocks of nodes are never trusted: what counts
 * is when a heartbeat was <em>seen to change</em>.
 */
@NullMarked
package io.nodelifecycle.core.health;

import org.jspecify.annotations.NullMarked;
