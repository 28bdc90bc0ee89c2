/**
 * An independent witness of what a controller does to a cluster: it watches nodes, pods and events,
 * writes down every change with its time, and finds out which changes of two runs stand for each
 * other.
 *
 * <p>The replay of recordings and the comparison of two controllers call it. It knows neither
 * recordings nor scenarios, and judges nothing: what is too late, missing on purpose or a fault is
 * its callers' business.
 */
@NullMarked
package io.nodelifecycle.testing.witness;

import org.jspecify.annotations.NullMarked;
