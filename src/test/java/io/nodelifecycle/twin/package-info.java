/**
 * The behaviours of the Kubernetes API on which the controller and the sandbox rest, written once
 * and run twice: against the in-memory server on every build, and against a real kube-apiserver
 * where there is one. Both must agree with every expectation.
 *
 * <p>The {@code ...Behaviour} interfaces hold the tests. They may only speak HTTP: what a server is
 * made of must not be seen here.
 */
@NullMarked
package io.nodelifecycle.twin;

import org.jspecify.annotations.NullMarked;
