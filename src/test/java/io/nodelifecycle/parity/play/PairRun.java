package io.nodelifecycle.parity.play;

import io.nodelifecycle.parity.scenario.Scenario;
import io.nodelifecycle.parity.verdict.Judge;
import io.nodelifecycle.parity.verdict.SideRecord;
import io.nodelifecycle.testing.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One scenario, run with both controllers at the same time, each on a control plane of its own. */
final class PairRun {
  private static final int ATTEMPTS = 3;

  private final Scenario scenario;
  private final ControlPlanes planes;
  private final Path folder;
  private final Duration rest;

  /** The rest is how long all may take besides the scenario itself, such as starting. */
  PairRun(Scenario scenario, ControlPlanes planes, Path folder, Duration rest) {
    this.scenario = scenario;
    this.planes = planes;
    this.folder = folder;
    this.rest = rest;
  }

  /** Runs it until this machine was in time. */
  Outcome run() {
    double latest = 0;
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        var both = runOnce();
        latest = Math.max(both.reference().latest(), both.program().latest());
        if (!both.reference().isTooLate() && !both.program().isTooLate()) {
          return new Outcome.Judged(Judge.judge(scenario, both.reference(), both.program()));
        }
      } catch (UnfinishedRun e) {
        return new Outcome.Failed(String.valueOf(e.getMessage()));
      }
    }
    return new Outcome.Inconclusive(
        "this busy machine did a step %.1f s late, %d times in a row".formatted(latest, ATTEMPTS));
  }

  /** A side that did not come to its end. */
  private static final class UnfinishedRun extends Exception {
    private static final long serialVersionUID = 1L;

    UnfinishedRun(String message) {
      super(message);
    }
  }

  /** What was seen of both sides. */
  private record Both(SideRecord reference, SideRecord program) {}

  /** A side that runs. */
  private record Started(
      Side side, ControlPlane plane, ControllerSlot slot, Future<SideRecord> record) {}

  private Both runOnce() throws UnfinishedRun {
    var started = new ArrayList<Started>();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        var reference = start(Side.REFERENCE, pool, started);
        var program = start(Side.PROGRAM, pool, started);
        var deadline = scenario.end().plus(rest);
        return new Both(await(reference, deadline), await(program, deadline));
      } finally {
        started.forEach(this::end);
      }
    }
  }

  private Started start(Side side, ExecutorService pool, List<Started> started) {
    var plane = planes.take();
    var slot = new ControllerSlot(side, newFolder(side), side.kubeconfig(plane), scenario.flags());
    var run = new SideRun(scenario, side, plane, slot);
    var begun = new Started(side, plane, slot, pool.submit(run::run));
    started.add(begun);
    return begun;
  }

  private static SideRecord await(Started started, Duration deadline) throws UnfinishedRun {
    var words = started.side().words();
    try {
      return started.record().get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      var why = Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse("");
      throw new UnfinishedRun("with %s: %s\n%s".formatted(words, why, started.slot().tail()));
    } catch (TimeoutException _) {
      throw new UnfinishedRun(
          "with %s it did not come to its end within %d s\n%s"
              .formatted(words, deadline.toSeconds(), started.slot().tail()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UnfinishedRun("interrupted");
    }
  }

  /** A control plane on which something went wrong is not used again. */
  private void end(Started started) {
    boolean isGood = started.record().state() == Future.State.SUCCESS;
    started.record().cancel(true);
    started.slot().close();
    if (isGood) {
      planes.giveBack(started.plane());
    } else {
      started.plane().close();
    }
  }

  private Path newFolder(Side side) {
    try {
      return Files.createTempDirectory(folder, scenario.name() + "-" + side + "-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder in " + folder, e);
    }
  }
}
