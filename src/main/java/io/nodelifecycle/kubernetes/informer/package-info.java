/**
 * Follows nodes, pods and node leases: lists them, watches them from there on, and starts over
 * where that breaks. What is seen goes to an {@code ObservationSink} at once; nothing is cached
 * here.
 *
 * <p>Built by {@code KubernetesConnection}. One thread per resource, which nothing stops but
 * closing, and one that closes watches which have been quiet for too long. It knows nothing of what
 * is decided.
 */
@NullMarked
package io.nodelifecycle.kubernetes.informer;

import org.jspecify.annotations.NullMarked;
