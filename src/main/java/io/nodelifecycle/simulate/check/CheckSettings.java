package io.nodelifecycle.simulate.check;

import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.LiveChecks;
import io.nodelifecycle.core.eviction.EvictionPolicy;
import io.nodelifecycle.core.health.HealthPolicy;
import io.nodelifecycle.core.zone.DisruptionPolicy;
import io.nodelifecycle.runtime.BudgetPolicy;
import io.nodelifecycle.sandbox.kubelet.Kubelets.Rhythm;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of one run.
 *
 * @param policy what decisions depend on
 * @param budget of API requests
 * @param rhythm of the machines
 */
record CheckSettings(CorePolicy policy, BudgetPolicy budget, Rhythm rhythm) {
  /** Settings that somebody might use, and a few that nobody should. */
  static CheckSettings draw(Draw draw) {
    var period = draw.one(1, 2, 5);
    var grace = draw.one(12, 20, 50);
    var health =
        new HealthPolicy(
            Duration.ofSeconds(period),
            Duration.ofSeconds(grace),
            Duration.ofSeconds(draw.one(grace, 60)));
    var disruption =
        new DisruptionPolicy(
            draw.one(0.1, 0.25, 0.5, 1.0),
            draw.one(0.0, 0.05, 0.1),
            draw.one(2, 4, 50),
            draw.one(0.3, 0.55, 0.55, 0.8));
    var eviction = new EvictionPolicy(draw.percent(20), draw.percent(70), draw.percent(80));
    var isByTimeout = draw.percent(20);
    var policy =
        new CorePolicy(
            health,
            disruption,
            eviction,
            true,
            draw.percent(95),
            draw.percent(92),
            isByTimeout ? Optional.of(Duration.ofSeconds(draw.one(20, 60, 120))) : Optional.empty(),
            new LiveChecks(draw.percent(85), draw.percent(92)));
    var beat = Duration.ofSeconds(Math.max(2, grace / draw.one(3, 4, 5)));
    var rhythm =
        new Rhythm(
            beat,
            draw.one(beat.multipliedBy(3), Duration.ofSeconds(60), Duration.ofMinutes(5)),
            Duration.ofSeconds(draw.one(1, 5)),
            Duration.ofSeconds(draw.one(0, 1, 10)),
            Duration.ofSeconds(draw.one(0, 2)));
    var qps = draw.one(2.0, 5.0, 20.0);
    return new CheckSettings(policy, new BudgetPolicy(qps, draw.one(3, 10, 30)), rhythm);
  }
}
