package io.nodelifecycle.parity.play;

import io.nodelifecycle.parity.scenario.Scenario.Flags;
import io.nodelifecycle.testing.ControllerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The controller of one side, which may be stopped and started again. Safe for use by threads. */
final class ControllerSlot implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

  private final Side side;
  private final Path folder;
  private final Path kubeconfig;
  private Flags flags;
  private Optional<ControllerProcess> last = Optional.empty();
  private boolean isWanted;

  ControllerSlot(Side side, Path folder, Path kubeconfig, Flags flags) {
    this.side = side;
    this.folder = folder;
    this.kubeconfig = kubeconfig;
    this.flags = flags;
  }

  /** Starts it with other flags over those that it had. */
  synchronized ControllerProcess start(Flags other) {
    flags = other.over(flags);
    var started = side.start(folder, kubeconfig, flags);
    last = Optional.of(started);
    isWanted = true;
    return started;
  }

  /** Waits until it has synced, if it runs. */
  void awaitSynced() {
    last().ifPresent(ControllerProcess::awaitSynced);
  }

  private synchronized Optional<ControllerProcess> last() {
    return last;
  }

  /** Ends it: gracefully, or at once. */
  synchronized void stop(boolean isGraceful) {
    isWanted = false;
    if (isGraceful && last.flatMap(ControllerSlot::terminated).isEmpty()) {
      throw new IllegalStateException(
          side.words() + " does not end within " + STOP_TIMEOUT.toSeconds() + " s of SIGTERM");
    }
    last.ifPresent(ControllerProcess::close);
  }

  private static Optional<Integer> terminated(ControllerProcess process) {
    var code = process.terminate(STOP_TIMEOUT);
    return code.isPresent() ? Optional.of(code.getAsInt()) : Optional.empty();
  }

  /** Has it ended without having been stopped? */
  synchronized boolean isDead() {
    return isWanted && last.filter(ControllerProcess::isAlive).isEmpty();
  }

  /** The last lines that it wrote. */
  synchronized String tail() {
    return last.map(ControllerProcess::tail).orElse("it was never started");
  }

  @Override
  public synchronized void close() {
    isWanted = false;
    last.ifPresent(ControllerProcess::close);
  }
}
