/**
 * Who calls the secure port: as kube-controller-manager finds it out.
 *
 * <p>Client certificates and bearer tokens say who; without either a caller is anonymous, and a bad
 * one is refused, as is one that cannot be checked. Answers about tokens are remembered for a short
 * time, by a keyed hash and never by the token. Knows no HTTP server.
 */
@NullMarked
package io.nodelifecycle.serving.authentication;

import org.jspecify.annotations.NullMarked;
