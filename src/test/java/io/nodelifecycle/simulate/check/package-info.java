/**
 * How simulated runs are checked: an oracle that knows nothing of how decisions are made, and
 * deliberate mutations of what decides, each of which has to be noticed.
 *
 * <p>The oracle uses the records of {@code core.model} and nothing else of the program: it looks at
 * everything each time, and is written to be read beside the documented behaviour.
 */
@NullMarked
package io.nodelifecycle.simulate.check;

import org.jspecify.annotations.NullMarked;
