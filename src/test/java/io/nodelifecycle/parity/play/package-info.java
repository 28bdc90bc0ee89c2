/**
 * Runs scenarios on real control planes: each with the reference and with the packaged program at
 * the same time, and several scenarios at once.
 *
 * <p>The comparison's test calls it. Every run ends by a deadline, whatever the controllers do, and
 * one that fails does not stop the others. It decides nothing about differences.
 */
@NullMarked
package io.nodelifecycle.parity.play;

import org.jspecify.annotations.NullMarked;
