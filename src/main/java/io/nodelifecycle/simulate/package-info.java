/**
 * The subcommand {@code simulate}: what the controller's flags would do to a cluster in an outage.
 *
 * <p>Called by {@code Main}. It uses the same deciding part as production and the sandbox's
 * in-memory cluster, in virtual time.
 */
@NullMarked
package io.nodelifecycle.simulate;

import org.jspecify.annotations.NullMarked;
