/**
 * Decides what happens to nodes and pods: deterministic state machines that are given observations
 * and the instant {@code now} and return actions and the instant at which they want to be woken.
 *
 * <p>Called by {@code runtime.ControlLoop}, one thread, in production, in the sandbox and in
 * simulations alike. It holds all the memory there is, reads no clock, starts no thread and knows
 * no Kubernetes client: only {@code java.lang}, {@code java.time} and {@code java.util} are used.
 * {@code Instant now} is a point of a monotonic time line whose epoch is arbitrary; wall-clock
 * times come with the observations and are only compared with other wall-clock times.
 */
@NullMarked
package io.nodelifecycle.core;

import org.jspecify.annotations.NullMarked;
