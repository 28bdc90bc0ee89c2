/**
 * Virtual time over the real deciding part, the real executor and the in-memory cluster: one
 * thread, no sleeping, no HTTP.
 *
 * <p>Used by everything in {@code simulate}. It knows nothing of reports or of the command line.
 */
@NullMarked
package io.nodelifecycle.simulate.engine;

import org.jspecify.annotations.NullMarked;
