/**
 * When things may happen: a token bucket, and deadlines in their order.
 *
 * <p>Used by the state machines of {@code core} and by {@code runtime} for its budget. Time is an
 * argument; nothing here waits, and no step does unbounded work.
 */
@NullMarked
package io.nodelifecycle.core.schedule;

import org.jspecify.annotations.NullMarked;
