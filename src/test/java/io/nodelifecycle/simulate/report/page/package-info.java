/**
 * Tests of the page: that nothing in a record becomes markup or script, that the page loads
 * nothing, and that a browser draws its charts.
 *
 * <p>Whether it looks well is for people to judge. Its figures are tested with the texts, which get
 * them from the same place.
 */
@NullMarked
package io.nodelifecycle.simulate.report.page;

import org.jspecify.annotations.NullMarked;
