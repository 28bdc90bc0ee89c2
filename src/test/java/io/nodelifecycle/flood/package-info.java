/**
 * Floods: more events, pods, tolerations and bytes than any cluster should have. The packaged
 * program, with a heap of its own size, has to stay within its bounds, go on hearing heartbeats,
 * and be right again by itself when the flood is over.
 *
 * <p>The API server is the one in memory, in the test's own virtual machine, behind real sockets.
 * Each bound is a named constant of its test; each test prints what it measured.
 */
@NullMarked
package io.nodelifecycle.flood;

import org.jspecify.annotations.NullMarked;
