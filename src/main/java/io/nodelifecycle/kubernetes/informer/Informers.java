package io.nodelifecycle.kubernetes.informer;

import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.http.ApiTransport;
import io.nodelifecycle.runtime.ObservationSink;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.runtime.WatchControl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * The informers of the resources that are followed, and the watchdog that notices quiet watches.
 */
public final class Informers implements WatchControl, AutoCloseable {
  private static final Duration WATCHDOG_PERIOD = Duration.ofMillis(250);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

  private final List<Informer> informers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final TimeSource time;
  private volatile boolean isClosed;

  /**
   * Follows nothing before {@link #start}.
   *
   * @param resources what is followed
   */
  public Informers(
      ApiTransport transport,
      ObservationSink sink,
      TimeSource time,
      QuietLimits limits,
      Set<Resource> resources) {
    this.time = time;
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    var feed = new Feed(transport, sink, time, random, resources.contains(Resource.DAEMON_SETS));
    for (var resource : resources) {
      informers.add(new Informer(resource, feed, limits.of(resource)));
    }
  }

  /** Starts to follow, once; the API server may not be there yet. */
  public synchronized void start() {
    if (!threads.isEmpty() || isClosed) {
      throw new IllegalStateException("informers are started once");
    }
    for (var informer : informers) {
      var name = "informer-" + informer.resource().plural();
      threads.add(thread(informer).name(name).start(informer));
    }
    threads.add(Thread.ofVirtual().name("informer-watchdog").start(this::watchOver));
  }

  /** Who is woken by the clock again and again is woken at less cost as a platform thread. */
  private static Thread.Builder thread(Informer informer) {
    return informer.hasSteadyTraffic() ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
  }

  private void watchOver() {
    try {
      while (!isClosed) {
        time.sleep(WATCHDOG_PERIOD);
        var now = time.now();
        informers.forEach(informer -> informer.closeIfQuiet(now));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** When something was last heard of each resource that was listed at least once. */
  public Map<Resource, Instant> lastHeard() {
    var heard = new EnumMap<Resource, Instant>(Resource.class);
    informers.forEach(
        informer -> informer.lastHeard().ifPresent(at -> heard.put(informer.resource(), at)));
    return heard;
  }

  /**
   * When a list or watch of each resource was last accepted or delivered something; of those that
   * were listed at least once.
   */
  public Map<Resource, Instant> lastAnswered() {
    var answered = new EnumMap<Resource, Instant>(Resource.class);
    informers.forEach(
        informer -> informer.lastAnswered().ifPresent(at -> answered.put(informer.resource(), at)));
    return answered;
  }

  @Override
  public void reopen(Resource resource, boolean isFromList) {
    for (var informer : informers) {
      if (informer.resource() == resource) {
        informer.reopen(isFromList);
      }
    }
  }

  /** Stops following and waits a moment for the threads to end. */
  @Override
  public synchronized void close() {
    isClosed = true;
    informers.forEach(Informer::close);
    threads.forEach(Thread::interrupt);
    try {
      for (var thread : threads) {
        thread.join(STOP_PATIENCE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
