/**
 * The boundary to the API server, and the only place with fabric8 types: the configured client,
 * lists and watches that are streamed into lean records, the mapper from the wire format, the
 * writer.
 *
 * <p>Built by {@code Wiring}. It implements the ports of {@code runtime} and reports what it sees
 * as {@code core} observations; it decides nothing about nodes or pods.
 */
@NullMarked
package io.nodelifecycle.kubernetes;

import org.jspecify.annotations.NullMarked;
