/**
 * Runs the deciding part: the one thread that owns it, the queue of observations before it, the
 * order and the budget in which its writes are sent, and the clock.
 *
 * <p>Built by {@code Wiring}. It owns the ports that {@code kubernetes} implements ({@link
 * io.nodelifecycle.runtime.ApiWriter}) or feeds ({@link io.nodelifecycle.runtime.ObservationSink})
 * and knows nothing of HTTP or of fabric8.
 */
@NullMarked
package io.nodelifecycle.runtime;

import org.jspecify.annotations.NullMarked;
