/**
 * Turns records of simulated outages into what people look at and what programs read: the timeline,
 * the summary, the comparison, JSON and a page with charts.
 *
 * <p>Called by the command once a simulation is over. All reports get their figures from {@code
 * figures} and say the same. Nothing here runs a simulation or reads a cluster, and nothing of a
 * record is trusted: names are made harmless before they reach a terminal or a page.
 */
@NullMarked
package io.nodelifecycle.simulate.report;

import org.jspecify.annotations.NullMarked;
