/**
 * Comparisons for people: side by side as text, and all verdicts as a document, which is the same
 * after every run whose verdicts are the same.
 *
 * <p>The comparison's test calls it. It judges nothing.
 */
@NullMarked
package io.nodelifecycle.parity.report;

import org.jspecify.annotations.NullMarked;
