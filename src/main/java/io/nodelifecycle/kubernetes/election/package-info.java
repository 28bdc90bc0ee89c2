/**
 * The election of the one process that acts, by a Lease as {@code kube-controller-manager} has one.
 *
 * <p>Called by {@code Wiring}; {@code runtime.ActionExecutor} asks it before every request. It
 * trusts nobody's clock but its own monotonic one, and does not know what is done under it.
 */
@NullMarked
package io.nodelifecycle.kubernetes.election;

import org.jspecify.annotations.NullMarked;
