/**
 * What the deciding part of the program knows of a cluster: immutable records for nodes, pods,
 * their conditions, taints and tolerations, and the keys by which they are found.
 *
 * <p>They hold what decisions need and nothing else; the boundary ({@code kubernetes}) makes them
 * from the wire format. Everything else in the program uses them. They know no client, no clock and
 * no policy. Instants that come from API objects are wall-clock times of other machines; only rules
 * that name them may read them.
 */
@NullMarked
package io.nodelifecycle.core.model;

import org.jspecify.annotations.NullMarked;
