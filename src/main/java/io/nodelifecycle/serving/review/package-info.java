/**
 * What the secure port asks the cluster about those who call it, and how much: the ports that
 * {@code kubernetes.review} implements, and what bounds their use.
 *
 * <p>Whom a token belongs to, what a caller may do, and which authorities the cluster believes
 * about client certificates. Every question is sent once and answered within a bounded time; {@link
 * io.nodelifecycle.serving.review.ReviewGate} lets through few at once, and {@link
 * io.nodelifecycle.serving.review.ExpiringCache} remembers answers.
 */
@NullMarked
package io.nodelifecycle.serving.review;

import org.jspecify.annotations.NullMarked;
