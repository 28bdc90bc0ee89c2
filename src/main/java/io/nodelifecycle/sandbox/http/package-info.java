/**
 * The HTTP face of the in-memory cluster: what kubectl and client libraries speak to. It listens on
 * the loopback interface only.
 *
 * <p>{@link io.nodelifecycle.sandbox.http.SandboxApiServer#start} puts it in front of a {@link
 * io.nodelifecycle.sandbox.cluster.SandboxCluster}; {@link
 * io.nodelifecycle.sandbox.http.ServerOptions} has the token, the interval of bookmarks and a
 * {@link io.nodelifecycle.sandbox.http.FaultPlan} by which a test delays, refuses, drops or freezes
 * requests. It must not decide anything about objects: that is the cluster's.
 */
@NullMarked
package io.nodelifecycle.sandbox.http;

import org.jspecify.annotations.NullMarked;
