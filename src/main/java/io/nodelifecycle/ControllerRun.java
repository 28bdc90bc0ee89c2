package io.nodelifecycle;

import io.nodelifecycle.kubernetes.KubernetesConnection;
import io.nodelifecycle.kubernetes.informer.Informers;
import io.nodelifecycle.observe.metrics.ControllerMetrics;
import io.nodelifecycle.runtime.ControlLoop;

/** One run of the controller, from the first list to the last write. */
public final class ControllerRun implements AutoCloseable {
  private final KubernetesConnection connection;
  private final Informers informers;
  private final ControlLoop loop;
  private final ControllerMetrics metrics;

  ControllerRun(
      KubernetesConnection connection,
      Informers informers,
      ControlLoop loop,
      ControllerMetrics metrics) {
    this.connection = connection;
    this.informers = informers;
    this.loop = loop;
    this.metrics = metrics;
  }

  /** The API server's address, for people. */
  public String server() {
    return connection.server();
  }

  /**
   * Watches, judges and acts until {@link #stop} is called; then finishes or abandons the writes
   * under way within five seconds. To be called once.
   *
   * @throws InterruptedException if this thread is interrupted
   */
  public void run() throws InterruptedException {
    informers.start();
    try {
      loop.run(informers);
    } finally {
      informers.close();
    }
  }

  /** Ends {@link #run}; can be called from any thread. */
  public void stop() {
    loop.stop();
  }

  /** All metrics in the text format of Prometheus; can be called from any thread. */
  public String metricsText() {
    return metrics.text();
  }

  @Override
  public void close() {
    loop.close();
    connection.close();
  }
}
