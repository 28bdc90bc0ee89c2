/**
 * Runs an outage in a simulated world and writes down what comes of it.
 *
 * <p>Called by the command. The books keep only what the record needs, at the same cost for each
 * change whatever the size of the cluster.
 */
@NullMarked
package io.nodelifecycle.simulate.recording;

import org.jspecify.annotations.NullMarked;
