/**
 * Carries out single writes: patches of nodes and pods, deletions, events. Each is one request with
 * the preconditions that make it fail where the object is another one by now.
 *
 * <p>Built by {@code KubernetesConnection}, called by {@code runtime} from many threads. It never
 * retries and decides nothing; every answer, and the lack of one, becomes an outcome.
 */
@NullMarked
package io.nodelifecycle.kubernetes.writer;

import org.jspecify.annotations.NullMarked;
