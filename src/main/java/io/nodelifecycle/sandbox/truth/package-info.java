/**
 * What the in-memory cluster really holds, and what a controller asks of it, in the words of the
 * core: what {@code invariant} judges by.
 *
 * <p>The sandbox and the simulation call it. It must not know stories, screens or HTTP connections,
 * and decides nothing itself.
 */
@NullMarked
package io.nodelifecycle.sandbox.truth;

import org.jspecify.annotations.NullMarked;
