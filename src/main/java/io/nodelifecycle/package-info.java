/**
 * The program: {@code Main} is its entry point and the only class that reads the environment or
 * exits the process; {@code Wiring} builds the object graph.
 *
 * <p>Nothing else uses this package.
 */
@NullMarked
package io.nodelifecycle;

import org.jspecify.annotations.NullMarked;
