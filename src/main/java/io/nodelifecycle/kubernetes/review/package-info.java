/**
 * Asks the API server about those who call the secure port: TokenReview, SubjectAccessReview, and
 * the ConfigMap that names the authorities of client certificates.
 *
 * <p>{@link io.nodelifecycle.kubernetes.KubernetesConnection} hands these out. They are not in the
 * budget of writes: what bounds them is the secure port, which asks few at once and remembers
 * answers. A token appears in the body of a request and nowhere else.
 */
@NullMarked
package io.nodelifecycle.kubernetes.review;

import org.jspecify.annotations.NullMarked;
