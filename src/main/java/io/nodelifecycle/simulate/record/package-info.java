/**
 * What a simulated outage came to: happenings, samples at equal distances and the fate of each
 * workload.
 *
 * <p>Written by the simulation, read by the timeline, the summary, the report and the JSON output,
 * which need nothing else. Plain values: nothing here knows how they came about.
 */
@NullMarked
package io.nodelifecycle.simulate.record;

import org.jspecify.annotations.NullMarked;
