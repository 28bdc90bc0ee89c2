/**
 * A story: what happens to a cluster and when, and what is expected to be seen. It is read from
 * YAML, played on the in-memory cluster, and judged by what the cluster's own watches showed.
 *
 * <p>The sandbox command calls it, and the display reads it. Judging is pure: a timeline and a time
 * go in, a verdict comes out. Nothing in here knows what the controller keeps in mind, so that a
 * controller that only believes to have acted does not pass.
 */
@NullMarked
package io.nodelifecycle.sandbox.story;

import org.jspecify.annotations.NullMarked;
