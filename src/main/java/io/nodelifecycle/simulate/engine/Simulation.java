package io.nodelifecycle.simulate.engine;

import io.nodelifecycle.simulate.record.SimulationRecord;
import java.time.Duration;
import java.util.function.Consumer;

/** Runs an outage in virtual time. */
@FunctionalInterface
public interface Simulation {
  /**
   * Runs an outage from its beginning to its end. The same plan gives the same record.
   *
   * @param plan the outage
   * @param progress told now and then how much of the cluster's time has passed
   */
  SimulationRecord run(SimulationPlan plan, Consumer<Duration> progress);
}
