/**
 * What the sandbox shows: a picture of the cluster that is drawn again and again where there is a
 * terminal, a line for each change where there is none, and the summary at the end.
 *
 * <p>Drawing is pure: a scene and a size go in, lines come out. The sandbox command calls it. It
 * knows no cluster and no clock.
 */
@NullMarked
package io.nodelifecycle.sandbox.screen;

import org.jspecify.annotations.NullMarked;
