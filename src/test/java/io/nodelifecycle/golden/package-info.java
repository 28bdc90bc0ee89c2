/**
 * Recordings of the reference controller, replayed against the packaged program.
 *
 * <p>A recording ({@code src/test/resources/golden}) holds what a cluster did, {@code steps}, and
 * what a watcher then saw, {@code changes}, both in seconds from the start of the recording. A
 * replay does the same steps on a real control plane, writes down what is seen there in the same
 * form, and compares. What differs on purpose is named in {@link
 * io.nodelifecycle.golden.IntendedDifference} and nowhere else.
 */
@NullMarked
package io.nodelifecycle.golden;

import org.jspecify.annotations.NullMarked;
