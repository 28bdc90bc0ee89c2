package io.nodelifecycle.parity.play;

import io.nodelifecycle.config.value.GoDuration;
import io.nodelifecycle.config.value.Parsed;
import io.nodelifecycle.parity.scenario.Action;
import io.nodelifecycle.parity.scenario.Scenario;
import io.nodelifecycle.parity.scenario.Scenario.Flags;
import io.nodelifecycle.parity.verdict.SideRecord;
import io.nodelifecycle.parity.verdict.SideRecord.Lateness;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.Stopwatch;
import io.nodelifecycle.testing.witness.Recorder;
import io.nodelifecycle.testing.witness.Recorder.Detail;
import io.nodelifecycle.testing.witness.WarmUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One scenario, run once with one controller. */
final class SideRun {
  private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(1);
  private static final String GRACE = "node-monitor-grace-period";

  /** Seconds in which the nodes and pods of the beginning should be there. */
  private static final double BEGINNING = 2;

  private final Scenario scenario;
  private final Side side;
  private final ControlPlane plane;
  private final ControllerSlot controller;

  SideRun(Scenario scenario, Side side, ControlPlane plane, ControllerSlot controller) {
    this.scenario = scenario;
    this.side = side;
    this.plane = plane;
    this.controller = controller;
  }

  /** Runs it and says what was seen. The control plane is as empty afterwards as before. */
  SideRecord run() {
    plane.clear();
    var started = controller.start(Flags.NONE);
    started.awaitSynced();
    var sinceSync = Stopwatch.startingAt(0);
    try (var kubelets = new FakeKubelets(plane.admin(), HEARTBEAT_INTERVAL)) {
      WarmUp.run(plane.admin(), kubelets, started);
      waitUntil(sinceSync, grace());
      var record = record(kubelets);
      controller.close();
      removeObjects();
      return record;
    }
  }

  /** After a cold start the program is patient for one grace period; this is not its test. */
  private double grace() {
    return GoDuration.parse(side.flags(scenario.flags()).getOrDefault(GRACE, ""))
            instanceof Parsed.Good<Duration>(var value)
        ? value.toMillis() / 1e3
        : 0;
  }

  private SideRecord record(FakeKubelets kubelets) {
    var clock = Stopwatch.startingAt(0);
    try (var recorder = Recorder.start(plane.admin(), clock, Detail.FULL)) {
      var player = new Player(plane.admin(), kubelets, controller);
      scenario.objects().forEach(player::create);
      scenario.nodes().forEach(player::add);
      scenario.pods().forEach(player::add);
      var lateness = new ArrayList<Lateness>();
      lateness.add(new Lateness(0, Math.max(0, clock.getAsDouble() - BEGINNING)));
      play(player, clock, lateness);
      waitUntil(clock, scenario.end().toMillis() / 1e3);
      if (controller.isDead()) {
        throw new IllegalStateException(side.words() + " has ended by itself");
      }
      if (!recorder.isWatching()) {
        throw new IllegalStateException("the API server closed a watch of the recorder");
      }
      return new SideRecord(recorder.changes(), lateness);
    }
  }

  private void play(Player player, Stopwatch clock, List<Lateness> lateness) {
    for (var step : scenario.timeline()) {
      double at = step.at().toMillis() / 1e3;
      waitUntil(clock, at);
      try {
        player.perform(step.action());
      } catch (RuntimeException e) {
        throw new IllegalStateException(
            "the step at %s failed: %s: %s"
                .formatted(
                    GoDuration.format(step.at()),
                    step.action().getClass().getSimpleName(),
                    e.getMessage()),
            e);
      }
      boolean isStart = step.action() instanceof Action.StartController;
      if (isStart) {
        controller.awaitSynced();
      }
      lateness.add(new Lateness(at, clock.getAsDouble() - at, isStart));
    }
  }

  private static void waitUntil(Stopwatch clock, double seconds) {
    var left = seconds - clock.getAsDouble();
    if (left > 0) {
      Pause.of(Duration.ofNanos((long) (left * 1e9)));
    }
  }

  private void removeObjects() {
    scenario.objects().forEach(object -> plane.admin().delete(object.ownPath()));
    scenario.timeline().stream()
        .map(Scenario.Step::action)
        .filter(Action.Create.class::isInstance)
        .map(Action.Create.class::cast)
        .forEach(create -> plane.admin().delete(create.object().ownPath()));
  }
}
