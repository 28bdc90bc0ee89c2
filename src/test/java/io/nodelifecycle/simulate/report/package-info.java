/**
 * Tests of the reports on simulated outages, with records written by hand and with large made-up
 * ones.
 *
 * <p>No simulation runs here; what one would record is made up by {@code MadeUpOutage}. Names that
 * would harm a terminal or a page are in {@code SmallRecords}.
 */
@NullMarked
package io.nodelifecycle.simulate.report;

import org.jspecify.annotations.NullMarked;
