/**
 * Machines that are not there: fake kubelets that post statuses, renew leases, run pods and finish
 * deletions, and a keeper that replaces lost pods. A dead kubelet does nothing at all.
 *
 * <p>The sandbox calls them step by step with the time as an argument. They write through the
 * in-memory cluster directly, with the same rules as over HTTP: a thousand of them cost a fraction
 * of a core like this, and what is under test talks HTTP. They know nothing of the controller.
 */
@NullMarked
package io.nodelifecycle.sandbox.kubelet;

import org.jspecify.annotations.NullMarked;
