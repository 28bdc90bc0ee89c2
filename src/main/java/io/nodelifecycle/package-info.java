/**
 * The program: {@code Main} reads as a table of contents of the process, {@code Wiring} builds its
 * object graph, the same way for production, sandbox and tests.
 *
 * <p>Only {@code Main} exits the process or reads the environment.
 */
@NullMarked
package io.nodelifecycle;

import org.jspecify.annotations.NullMarked;
