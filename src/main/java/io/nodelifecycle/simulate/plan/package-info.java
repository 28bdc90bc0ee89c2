/**
 * What happens in a simulation and under which flags: an outage from a story and from options of
 * the command line, and the settings of each controller that lives through it. Everything that is
 * wrong is found in one go.
 *
 * <p>Called by the subcommand. It knows the names in a cluster, and not where the cluster is from.
 */
@NullMarked
package io.nodelifecycle.simulate.plan;

import org.jspecify.annotations.NullMarked;
