package io.nodelifecycle;

import io.nodelifecycle.kubernetes.KubernetesConnection;
import io.nodelifecycle.kubernetes.election.LeaderElection;
import io.nodelifecycle.kubernetes.informer.Informers;
import io.nodelifecycle.observe.metrics.ControllerMetrics;
import io.nodelifecycle.observe.metrics.MetricsText;
import io.nodelifecycle.runtime.ControlLoop;
import io.nodelifecycle.serving.Opening;
import io.nodelifecycle.serving.ServingException;
import io.nodelifecycle.serving.health.ControllerHealth;
import java.util.Optional;

/** One run of the controller, from the first list to the last write. */
public final class ControllerRun implements AutoCloseable {
  private final KubernetesConnection connection;
  private final Informers informers;
  private final ControlLoop loop;
  private final Optional<LeaderElection> election;
  private final ControllerMetrics metrics;
  private final ControllerHealth health;
  private volatile boolean isLost;

  ControllerRun(
      KubernetesConnection connection,
      Informers informers,
      ControlLoop loop,
      Optional<LeaderElection> election,
      ControllerMetrics metrics,
      ControllerHealth health) {
    this.connection = connection;
    this.informers = informers;
    this.loop = loop;
    this.election = election;
    this.metrics = metrics;
    this.health = health;
  }

  /** The API server's address, for people. */
  public String server() {
    return connection.server();
  }

  /** Why a run came to its end. */
  public enum End {
    /** It was asked to stop. */
    STOPPED,
    /** It has led and may do so no longer. */
    LEADERSHIP_LOST
  }

  /**
   * Watches, judges and, while it leads, acts until {@link #stop} is called or leadership is lost;
   * then finishes or abandons the writes under way within five seconds, and hands leadership over
   * after the last of them. To be called once.
   *
   * @param port has to be open before anything is acted upon; lists are on their way meanwhile
   * @throws ServingException if it cannot be opened
   * @throws InterruptedException if this thread is interrupted
   */
  public End run(Opening port) throws ServingException, InterruptedException {
    informers.start();
    try {
      port.await();
      election.ifPresent(each -> each.start(this::lead));
      var isQuiet = loop.run(informers);
      if (isLost) {
        return End.LEADERSHIP_LOST;
      }
      if (isQuiet && election.isPresent()) {
        election.get().release();
      }
      return End.STOPPED;
    } finally {
      election.ifPresent(LeaderElection::close);
      informers.close();
    }
  }

  /** The same where there is no port. */
  public End run() throws InterruptedException {
    try {
      return run(Opening.NONE);
    } catch (ServingException e) {
      throw new IllegalStateException("nothing was to be opened", e);
    }
  }

  /** Lets the loop follow the election. */
  private void lead(boolean isLeader) {
    metrics.leads(isLeader);
    health.leads(isLeader);
    if (isLeader) {
      loop.wake();
    } else {
      isLost = true;
      loop.stop();
    }
  }

  /** Ends {@link #run}; can be called from any thread. */
  public void stop() {
    loop.stop();
  }

  /** All metrics in the format that an Accept header asks for; can be called from any thread. */
  public MetricsText metrics(String accept) {
    return metrics.render(accept);
  }

  /** How it is doing; can be asked on any thread. */
  public ControllerHealth health() {
    return health;
  }

  /** To the API server; closed with this. */
  KubernetesConnection connection() {
    return connection;
  }

  @Override
  public void close() {
    loop.close();
    connection.close();
  }
}
