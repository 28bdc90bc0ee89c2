/**
 * The report as one page: figures, tables, charts and the timeline in a single HTML file that needs
 * no network.
 *
 * <p>Called by the command through {@code HtmlReport}. The skeleton, the style and the script are
 * resources, the charts are drawn by uPlot in the browser. Every word of a record goes through
 * {@code Html} or {@code ChartJson}, the only places that know how to make it harmless.
 */
@NullMarked
package io.nodelifecycle.simulate.report.page;

import org.jspecify.annotations.NullMarked;
