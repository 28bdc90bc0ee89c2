/**
 * Tests of the HTTP face of the in-memory cluster that a real API server cannot share: faults on
 * purpose, bookmarks at an interval of their own, tokens, and kubectl as a client.
 *
 * <p>What both servers must do alike is tested in {@code twin}.
 */
@NullMarked
package io.nodelifecycle.sandbox.http;

import org.jspecify.annotations.NullMarked;
