/**
 * The program beside the reference controller: every scenario is run with both, on real control
 * planes, and what either does to nodes, pods and events is compared.
 *
 * <p>Its parts are {@code scenario} (what happens, read from files), {@code play} (running it),
 * {@code verdict} (comparing and judging) and {@code report} (telling). {@link
 * io.nodelifecycle.parity.ParityIT} is the command; the build calls it with a few scenarios.
 */
@NullMarked
package io.nodelifecycle.parity;

import org.jspecify.annotations.NullMarked;
