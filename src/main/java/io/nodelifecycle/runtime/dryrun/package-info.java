/**
 * A run in which nothing is written: what would be written is remembered as if it had been, laid
 * over everything that is seen, and let go of when reality moves on.
 *
 * <p>Stands between the informers and the control loop, and in place of the API server's writer and
 * reader; neither the deciding part nor the executor knows of it. Built by {@code Wiring} for
 * {@code --dry-run}. It knows nothing of HTTP, of logs or of metrics.
 */
@NullMarked
package io.nodelifecycle.runtime.dryrun;

import org.jspecify.annotations.NullMarked;
