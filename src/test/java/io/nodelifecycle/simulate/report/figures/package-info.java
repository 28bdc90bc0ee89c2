/**
 * Tests of the figures that the reports lay out: folding, times, orders, differences. They are
 * written as tables.
 *
 * <p>Whether a report shows them well is tested with the reports.
 */
@NullMarked
package io.nodelifecycle.simulate.report.figures;

import org.jspecify.annotations.NullMarked;
