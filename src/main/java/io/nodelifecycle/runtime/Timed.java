package io.nodelifecycle.runtime;

import java.time.Instant;

/** Something that waits, and since when. */
record Timed<T>(T value, Instant since) {}
