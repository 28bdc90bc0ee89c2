/**
 * What integration tests stand on: a real control plane, the program under test and the reference
 * as processes, fake kubelets, and a plain client of the Kubernetes API.
 *
 * <p>Integration tests and the suites that compare servers call it. It knows nothing of the
 * program's own code: the client here is an independent witness of what the program did.
 */
@NullMarked
package io.nodelifecycle.testing;

import org.jspecify.annotations.NullMarked;
