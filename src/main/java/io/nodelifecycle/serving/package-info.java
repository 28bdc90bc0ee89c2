/**
 * The secure port: pages about health, metrics and settings over TLS, for those who may see them.
 *
 * <p>{@link io.nodelifecycle.serving.SecurePort} listens on a thread of its own, begins before the
 * caches are complete and ends last; a port that cannot be opened ends the program before it acts.
 * What a client may take of memory and time is bounded by {@link
 * io.nodelifecycle.serving.PortBounds}. The pages are built elsewhere and given to it. Subpackages
 * say who calls ({@code authentication}), whether that is allowed ({@code authorization}), what is
 * asked of the cluster for it ({@code review}), and hold the certificates ({@code tls}) and the
 * checks ({@code health}).
 */
@NullMarked
package io.nodelifecycle.serving;

import org.jspecify.annotations.NullMarked;
