/**
 * Where the cluster of a simulation comes from: files that kubectl wrote, an API server that is
 * read from, or nothing but a size. Everything that is wrong with it is found in one go, with its
 * place.
 *
 * <p>Called by the subcommand. It knows nothing of outages and of what is done with the cluster.
 */
@NullMarked
package io.nodelifecycle.simulate.cluster;

import org.jspecify.annotations.NullMarked;
