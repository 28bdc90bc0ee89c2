package io.nodelifecycle.golden;

import io.nodelifecycle.golden.Replayer.Lateness;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One recording, replayed once against one controller on a control plane without any nodes. */
final class Replay {
  private static final Duration RENEWAL = Duration.ofSeconds(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  /** Seconds between the controller's first sync and the first step. */
  private static final double LEAD = 0.5;

  /** Seconds after the last recorded change in which nothing else may happen. */
  private static final double SETTLE = 4;

  private final Recording recording;
  private final Subject subject;

  Replay(Recording recording, Subject subject) {
    this.recording = recording;
    this.subject = subject;
  }

  /** Replays: empty if everything was as it should be, else what was not. */
  String run(ControlPlane plane, Path folder) {
    plane.clear();
    try (var controller = subject.start(folder, plane.kubeconfig(), recording.flags())) {
      controller.awaitSynced();
      var clock = Stopwatch.startingAt(recording.start() - LEAD);
      try (var kubelets = new FakeKubelets(plane.admin(), RENEWAL);
          var recorder = Recorder.start(plane.admin(), clock)) {
        var replayer = new Replayer(plane.admin(), kubelets, clock);
        var lateness = replayer.replay(recording.steps());
        replayer.waitUntil(recording.end() + SETTLE);
        if (!recorder.isWatching()) {
          return "the API server closed a watch of the recorder";
        }
        var difference = difference(recorder, lateness);
        var exit = controller.terminate(STOP_TIMEOUT);
        if (difference.isEmpty() && exit.isEmpty()) {
          return "the controller does not end\n" + controller.tail();
        }
        return difference.isEmpty() ? difference : difference + controller.tail();
      }
    }
  }

  private String difference(Recorder recorder, List<Lateness> lateness) {
    var naming = new Naming(recording.steps());
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
