/**
 * Tests of the in-memory cluster without HTTP: what only its own callers see, such as determinism,
 * bounded history and watches that are polled.
 *
 * <p>What a client sees over HTTP is tested in {@code twin}, against a real server too.
 */
@NullMarked
package io.nodelifecycle.sandbox.cluster;

import org.jspecify.annotations.NullMarked;
