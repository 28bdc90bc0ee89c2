/**
 * Scenarios: what happens to a cluster and when, and where the program is meant to differ from the
 * reference. They are read from YAML files, {@code src/test/resources/parity}; {@code
 * docs/parity-scenarios.md} describes their form.
 *
 * <p>The comparison calls it. Reading names every mistake with file, line and field, all of them at
 * once. Nothing in here knows how a scenario is run or judged.
 */
@NullMarked
package io.nodelifecycle.parity.scenario;

import org.jspecify.annotations.NullMarked;
