/**
 * What both sides did in a scenario, side by side, and the verdict: same, as intended, or
 * different. What differs on purpose in every scenario is named here and nowhere else; what differs
 * in one is named in its file.
 *
 * <p>The comparison calls it and reports its rows. Judging is pure: it starts nothing and reads no
 * clock.
 */
@NullMarked
package io.nodelifecycle.parity.verdict;

import org.jspecify.annotations.NullMarked;
