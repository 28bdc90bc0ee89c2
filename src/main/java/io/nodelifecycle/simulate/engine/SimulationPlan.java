package io.nodelifecycle.simulate.engine;

import io.nodelifecycle.config.Settings;
import io.nodelifecycle.sandbox.kubelet.Kubelets;
import io.nodelifecycle.sandbox.story.Story.Chapter;
import java.time.Duration;
import java.util.List;

/**
 * An outage to be simulated.
 *
 * @param title what tells it from another run
 * @param cluster what is there at the beginning
 * @param chapters what happens, in the order of time; expectations are not looked at
 * @param length how long it lasts
 * @param settings the controller's
 * @param rhythm how often machines do what they do
 * @param seed everything random follows from it
 */
public record SimulationPlan(
    String title,
    InitialCluster cluster,
    List<Chapter> chapters,
    Duration length,
    Settings settings,
    Kubelets.Rhythm rhythm,
    long seed) {
  /** Takes a copy. */
  public SimulationPlan {
    chapters = List.copyOf(chapters);
  }
}
