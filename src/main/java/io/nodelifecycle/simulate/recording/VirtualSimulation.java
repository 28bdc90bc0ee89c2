package io.nodelifecycle.simulate.recording;

import io.nodelifecycle.Wiring;
import io.nodelifecycle.core.model.Zone;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.story.StoryPlayer;
import io.nodelifecycle.simulate.engine.InitialCluster;
import io.nodelifecycle.simulate.engine.Simulation;
import io.nodelifecycle.simulate.engine.SimulationPlan;
import io.nodelifecycle.simulate.engine.World;
import io.nodelifecycle.simulate.record.SimulationRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** Runs outages with the real deciding part in virtual time. */
public final class VirtualSimulation implements Simulation {
  /** Enough for all objects of a cluster to change twice at the same instant. */
  private static final int CHANGES_PER_OBJECT = 4;

  private static final int HISTORY_MIN = 20_000;
  private static final int SAMPLES = 360;
  private static final Duration RESTART = Duration.ofSeconds(1);
  private static final Duration SAMPLE_MIN = Duration.ofSeconds(1);

  /** No state of its own. */
  public VirtualSimulation() {}

  @Override
  public SimulationRecord run(SimulationPlan plan, Consumer<Duration> progress) {
    var recorder = new Recorder();
    var start = StartTime.of(plan.cluster());
    var history = history(plan.cluster());
    try (var world = new World(plan.seed(), start, plan.rhythm(), history, recorder)) {
      world.keepWorkloads();
      new Population(world, recorder).settle(plan.cluster());
      var policy = Wiring.corePolicy(plan.settings());
      var budget = Wiring.budget(plan.settings());
      // A process that ends, as it does without leadership, is started again.
      world.every(
          RESTART,
          () -> {
            if (!world.hasController()) {
              world.startController(policy, budget);
            }
          });
      // The controller has been running for a while when the outage begins.
      world.run(world.time().now().plus(policy.health().monitorGrace()).plusSeconds(2));
      play(plan, world, recorder, progress);
      return new Conclusion(plan, recorder).record(world.time().now());
    }
  }

  /** No longer than needed: what is renewed all the time must not pile up. */
  private static ToIntFunction<ResourceType> history(InitialCluster cluster) {
    var pods = cluster.pods().size();
    var others = cluster.nodes().size();
    return type -> {
      var objects = type == ResourceType.PODS || type == ResourceType.EVENTS ? pods : others;
      return Math.max(HISTORY_MIN, CHANGES_PER_OBJECT * objects);
    };
  }

  private static void play(
      SimulationPlan plan, World world, Recorder recorder, Consumer<Duration> progress) {
    var begin = world.time().now();
    var player = new StoryPlayer(plan.chapters(), world.cluster(), new Machines(world, recorder));
    recorder.begin(begin);
    for (var chapter : plan.chapters()) {
      world.at(
          world.time().sinceStart(begin).plus(chapter.at()),
          () -> {
            var now = world.time().now();
            chapter.actions().forEach(action -> recorder.outage(action.toString(), now));
            player.advance(Duration.between(begin, now), world.time().wallClock());
          });
    }
    var end = begin.plus(plan.length());
    var step = step(plan.length());
    for (var next = begin.plus(step); world.time().now().isBefore(end); next = next.plus(step)) {
      world.run(next.isBefore(end) ? next : end);
      recorder.sample(world.time().now());
      progress.accept(Duration.between(begin, world.time().now()));
    }
  }

  private static Duration step(Duration length) {
    var step = Duration.ofSeconds(Math.ceilDiv(length.toSeconds(), SAMPLES));
    return step.compareTo(SAMPLE_MIN) < 0 ? SAMPLE_MIN : step;
  }

  /** The machines and the network of a world, as a story moves them. */
  private static final class Machines implements StoryPlayer.Machines {
    private final World world;
    private final Recorder recorder;
    private Instant apiBack = Instant.MIN;

    Machines(World world, Recorder recorder) {
      this.world = world;
      this.recorder = recorder;
    }

    private Instant now() {
      return world.time().now();
    }

    @Override
    public void kill(String node) {
      world.kubelets().kill(node);
      recorder.machineChanged(node, true, now());
    }

    @Override
    public void revive(String node) {
      world.kubelets().revive(node, now());
      recorder.machineChanged(node, false, now());
    }

    @Override
    public void report(String node, String condition, String status) {
      world.kubelets().report(node, condition, status, now());
    }

    @Override
    public void join(String node, String zone) {
      var known = recorder.zones().find(zone).orElseGet(() -> new Zone("", zone));
      world.kubelets().join(node, known, now(), world.time().wallClock());
    }

    @Override
    public void remove(String node) {
      world.kubelets().remove(node, world.time().wallClock());
    }

    @Override
    public void cutApi(Duration duration) {
      var until = now().plus(duration);
      apiBack = until.isAfter(apiBack) ? until : apiBack;
      world.setApiDown(true);
      world.at(
          world.time().sinceStart(until),
          () -> {
            if (!now().isBefore(apiBack) && world.weather().isDown()) {
              world.setApiDown(false);
              recorder.outage("the API server is back", now());
            }
          });
    }
  }
}
