/**
 * The figures of a simulated outage: what happened folded into few lines, when it happened to how
 * many, whom it hurt, and how runs differ.
 *
 * <p>Called by the reports, which only lay out what they are given here, so that text, JSON and
 * page say the same. Knows records only: no files, no terminal, no page.
 */
@NullMarked
package io.nodelifecycle.simulate.report.figures;

import org.jspecify.annotations.NullMarked;
