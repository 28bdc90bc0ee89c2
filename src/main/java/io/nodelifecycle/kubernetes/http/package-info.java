/**
 * Single requests to the API server over fabric8's HTTP client, which brings authentication, TLS
 * and proxies: sent once, answered as a stream or a failure in words.
 *
 * <p>Used by the informers and the writer. It never retries, knows nothing of nodes or pods, and
 * logs neither bodies nor credentials.
 */
@NullMarked
package io.nodelifecycle.kubernetes.http;

import org.jspecify.annotations.NullMarked;
