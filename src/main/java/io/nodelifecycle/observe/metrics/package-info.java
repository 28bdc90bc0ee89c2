/**
 * Counts what happens, for Prometheus: one catalogue of metrics, from which they are registered and
 * documented.
 *
 * <p>Built by {@code Wiring}, fed by the control loop and the transport through {@code runtime}'s
 * ports, and rendered as text on demand. What is a state is read from the last status of the loop
 * at the moment of rendering; what happens is counted at once. Nothing here decides anything, knows
 * a client of Kubernetes, or serves pages.
 *
 * <p>The only package that uses the Prometheus library.
 */
@NullMarked
package io.nodelifecycle.observe.metrics;

import org.jspecify.annotations.NullMarked;
