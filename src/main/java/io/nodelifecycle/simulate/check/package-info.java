/**
 * Thousands of small clusters with everything that can go wrong, each drawn from a number, each
 * watched by the invariants.
 *
 * <p>{@code simulate --check} and the tests run them. A run is the same whenever and wherever it is
 * repeated.
 */
@NullMarked
package io.nodelifecycle.simulate.check;

import org.jspecify.annotations.NullMarked;
