/**
 * Tests of how objects become rows for people.
 *
 * <p>Which columns there are, and how nodes and pods look, is tested in {@code twin} against a real
 * server; here are the thresholds of ages.
 */
@NullMarked
package io.nodelifecycle.sandbox.table;

import org.jspecify.annotations.NullMarked;
