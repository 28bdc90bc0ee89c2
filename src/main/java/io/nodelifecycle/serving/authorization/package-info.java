/**
 * Whether a caller of the secure port may have what it asks for: as kube-controller-manager decides
 * it.
 *
 * <p>The cluster is asked, but about paths that are open to everybody and about {@code
 * system:masters}. What cannot be found out is no permission. Answers are remembered for a short
 * time. Knows no HTTP server.
 */
@NullMarked
package io.nodelifecycle.serving.authorization;

import org.jspecify.annotations.NullMarked;
