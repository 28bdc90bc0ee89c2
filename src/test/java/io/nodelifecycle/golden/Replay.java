package io.nodelifecycle.golden;

import io.nodelifecycle.golden.Replayer.Lateness;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.Stopwatch;
import io.nodelifecycle.testing.witness.Change;
import io.nodelifecycle.testing.witness.Recorder;
import io.nodelifecycle.testing.witness.Recorder.Detail;
import io.nodelifecycle.testing.witness.WarmUp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One recording, replayed once against one controller on a control plane of its own. */
final class Replay {
  private static final Duration RENEWAL = Duration.ofSeconds(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  /** Seconds between the start of the recorder and the first step. */
  private static final double LEAD = 0.5;

  /**
   * A step that is later than this, in seconds, tells of this machine and not of the controller.
   */
  private static final double TOO_LATE = 1.5;

  private static final int ATTEMPTS = 3;

  /** Seconds after the last recorded change in which nothing else may happen. */
  private static final double SETTLE = 4;

  private final Recording recording;
  private final Subject subject;

  Replay(Recording recording, Subject subject) {
    this.recording = recording;
    this.subject = subject;
  }

  private record Outcome(String difference, double latestStep) {}

  /**
   * Replays: empty if everything was as it should be, else what was not. A run in which this
   * machine was too busy to do the steps in time does not count against the controller.
   */
  String run(ControlPlane plane, Path folder) {
    var outcome = replayOnce(plane, folder);
    for (int i = 1; i < ATTEMPTS && !outcome.difference().isEmpty(); i++) {
      if (outcome.latestStep() <= TOO_LATE) {
        return outcome.difference();
      }
      outcome = replayOnce(plane, folder);
    }
    return outcome.difference().isEmpty() || outcome.latestStep() <= TOO_LATE
        ? outcome.difference()
        : "inconclusive: this busy machine did a step %.1f s late\n%s"
            .formatted(outcome.latestStep(), outcome.difference());
  }

  private Outcome replayOnce(ControlPlane plane, Path folder) {
    plane.clear();
    try (var controller = subject.start(folder, plane.kubeconfig(), recording.flags())) {
      controller.awaitSynced();
      try (var kubelets = FakeKubelets.inStep(plane.admin(), RENEWAL)) {
        WarmUp.run(plane.admin(), kubelets, controller);
        return replayOnce(plane, kubelets, controller);
      }
    }
  }

  private Outcome replayOnce(
      ControlPlane plane, FakeKubelets kubelets, ControllerProcess controller) {
    var clock = Stopwatch.startingAt(recording.start() - LEAD);
    try (var recorder = Recorder.start(plane.admin(), clock, Detail.AS_RECORDED)) {
      var replayer = new Replayer(plane.admin(), kubelets, clock);
      var lateness = replayer.replay(recording.steps());
      replayer.waitUntil(recording.end() + SETTLE + lateness.getLast().seconds());
      var latest = lateness.stream().mapToDouble(Lateness::seconds).max().orElse(0);
      return new Outcome(difference(controller, recorder, lateness), latest);
    }
  }

  private String difference(
      ControllerProcess controller, Recorder recorder, List<Lateness> lateness) {
    if (!recorder.isWatching()) {
      return "the API server closed a watch of the recorder";
    }
    var difference = difference(recorder, lateness);
    if (!difference.isEmpty()) {
      return difference + controller.tail();
    }
    return controller.terminate(STOP_TIMEOUT).isEmpty()
        ? "the controller does not end\n" + controller.tail()
        : "";
  }

  private String difference(Recorder recorder, List<Lateness> lateness) {
    var naming = StepNaming.of(recording.steps());
    var best =
        subject.wanted(recording).stream()
            .map(wanted ->
                Comparison.of(naming, wanted, recorder.changes(), allowedLateness(lateness)))
            .min(Comparator.comparingLong(Comparison::differences))
            .orElseThrow();
    if (!best.isSame()) {
      return recording.scenario() + " differs from the recording:\n" + best.table();
    }
    return subject == Subject.PROGRAM && !recorder.anonymousEvents().isEmpty()
        ? "events without the uid of their object: " + recorder.anonymousEvents()
        : "";
  }

  /** A step that this machine did late may make what follows from it late by as much. */
  private ToDoubleFunction<Change> allowedLateness(List<Lateness> lateness) {
    return change ->
        subject.tolerance()
            + lateness.stream()
                .filter(step -> step.stepAt() <= change.at())
                .reduce((_, last) -> last)
                .map(Lateness::seconds)
                .orElse(0.0);
  }
}
