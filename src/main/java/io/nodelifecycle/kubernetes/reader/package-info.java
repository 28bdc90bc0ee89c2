/**
 * Reads single objects, or all leases, live: without a resourceVersion, so that the API server
 * answers from a quorum and not from a cache.
 *
 * <p>Called by {@code runtime.ActionExecutor}, which counts every read in its budget. It never
 * retries, keeps nothing and does not know why something is read.
 */
@NullMarked
package io.nodelifecycle.kubernetes.reader;

import org.jspecify.annotations.NullMarked;
