/**
 * A cluster to try the controller on without a cluster: an in-memory Kubernetes API and what lives
 * in it. Its parts are {@code resource} (what an object is), {@code patch} (the patch formats),
 * {@code cluster} (the objects and their rules), {@code http} (the wire) and {@code truth} (whether
 * what is asked keeps the rules). Nothing in here is used when the program runs against a real API
 * server.
 */
@NullMarked
package io.nodelifecycle.sandbox;

import org.jspecify.annotations.NullMarked;
