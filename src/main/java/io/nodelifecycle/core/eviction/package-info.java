/**
 * Which pods a node's NoExecute taints evict, and when.
 *
 * <p>Called by {@code core.TaintEviction}. Pure: toleration matching, the history of a node's
 * taints, and the deadlines that follow from both.
 */
@NullMarked
package io.nodelifecycle.core.eviction;

import org.jspecify.annotations.NullMarked;
