/**
 * The objects of an in-memory Kubernetes cluster and the rules that an API server lays on them:
 * versions, preconditions, graceful deletion, status apart from spec, lists that are consistent
 * from page to page, and watches.
 *
 * <p>{@link io.nodelifecycle.sandbox.cluster.SandboxCluster} is the way in: {@code create}, {@code
 * get}, {@code update}, {@code patch}, {@code modify}, {@code delete}, {@code list} and {@code
 * watch}. It has one lock, no thread and no clock: every change is told what time it is. The same
 * calls and the same seed give the same bytes. It must not know HTTP.
 */
@NullMarked
package io.nodelifecycle.sandbox.cluster;

import org.jspecify.annotations.NullMarked;
