/**
 * The vocabulary of the in-memory Kubernetes API: which resources there are, how an object is
 * named, stored and selected, and how a request fails. Used by the cluster, by its HTTP face and by
 * whoever plays a part in a sandbox. It must not know HTTP, threads or clocks.
 */
@NullMarked
package io.nodelifecycle.sandbox.resource;

import org.jspecify.annotations.NullMarked;
