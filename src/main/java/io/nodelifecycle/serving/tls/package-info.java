/**
 * The secure port's certificates: from files that are read again when they change, or one of its
 * own that exists in memory only.
 *
 * <p>Files are checked as a whole before they are used: a key that does not belong to its
 * certificate, or one that has expired, ends the start with a sentence, and later leaves in use
 * what was there before. Client certificates are accepted in the handshake whoever signed them; who
 * they stand for is decided in {@code serving.authentication}, where a bad one is answered with
 * 401.
 *
 * <p>Bouncy Castle makes the own certificate and reads the various forms of keys; its classes are
 * loaded when that is needed first.
 */
@NullMarked
package io.nodelifecycle.serving.tls;

import org.jspecify.annotations.NullMarked;
