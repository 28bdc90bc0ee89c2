/**
 * Measures the program beside the reference: the same cluster, the same API server, the same flags,
 * in turn. What comes out is written into {@code docs/performance.md}. It must not know how either
 * of them works.
 */
@NullMarked
package io.nodelifecycle.performance;

import org.jspecify.annotations.NullMarked;
