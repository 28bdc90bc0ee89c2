/**
 * The boundary to the API server, and with its subpackages the only place with fabric8 types.
 *
 * <p>{@code Wiring} calls {@link io.nodelifecycle.kubernetes.KubernetesConnection#open} with an
 * {@link io.nodelifecycle.kubernetes.ApiServerAddress} and takes from the connection {@code
 * writer()} and {@code informers(sink, limits)}, starts the informers, and at the end closes
 * informers, then the connection. Subpackages: {@code http} sends single requests, {@code mapping}
 * reads JSON into core records, {@code informer} lists and watches, {@code writer} writes. Nothing
 * here decides about nodes or pods, and nothing reads the environment: it is passed in.
 */
@NullMarked
package io.nodelifecycle.kubernetes;

import org.jspecify.annotations.NullMarked;
