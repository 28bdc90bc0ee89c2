package io.nodelifecycle.parity.play;

import io.nodelifecycle.parity.scenario.Scenario;
import io.nodelifecycle.testing.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Runs many scenarios, several at once, the longest first, and tells how far it is. */
public final class Campaign implements AutoCloseable {
  /** Seconds that a run takes besides the scenario: starting, warming up, waiting. */
  private static final double REST = 20;

  /** How long starting, warming up and cleaning up may take at most. */
  private static final Duration REST_MAX = Duration.ofSeconds(60);

  private static final int SECONDS_BETWEEN_LINES = 15;

  private final ControlPlanes planes = new ControlPlanes();
  private final Path folder;
  private final Duration rest;
  private final int atOnce;
  private final Consumer<String> progress;
  private final ThreadPoolExecutor pool;
  private final ScheduledThreadPoolExecutor ticker = new ScheduledThreadPoolExecutor(1);
  private final Stopwatch clock = Stopwatch.startingAt(0);
  private final AtomicInteger done = new AtomicInteger();
  private final DoubleAdder costDone = new DoubleAdder();
  private int total;
  private double cost;

  /** A run of a scenario that was asked for, and its outcome when it is over. */
  public record Run(Scenario scenario, Future<Outcome> outcome) {
    /** Waits for the outcome; what went wrong unexpectedly is a failed run. */
    public Outcome await() {
      try {
        return outcome.get();
      } catch (ExecutionException e) {
        return new Outcome.Failed(String.valueOf(e.getCause()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Outcome.Failed("interrupted");
      }
    }
  }

  /**
   * A campaign.
   *
   * @param folder where the output of the controllers is kept
   * @param atOnce how many scenarios run at the same time, each on two control planes
   * @param progress is told a line now and then
   */
  public Campaign(Path folder, int atOnce, Consumer<String> progress) {
    this(folder, atOnce, progress, REST_MAX);
  }

  /** The same; a run that takes longer than its scenario and this besides is given up. */
  Campaign(Path folder, int atOnce, Consumer<String> progress, Duration rest) {
    this.folder = folder;
    this.rest = rest;
    this.atOnce = atOnce;
    this.progress = progress;
    this.pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(atOnce);
  }

  /** Starts to run these scenarios, each once; the runs are in the order given. */
  public List<Run> start(List<Scenario> scenarios) {
    total = scenarios.size();
    cost = scenarios.stream().mapToDouble(Campaign::cost).sum();
    var order = new ArrayList<Integer>();
    IntStream.range(0, total).forEach(order::add);
    order.sort(Comparator.comparing((Integer i) -> scenarios.get(i).end()).reversed());
    var runs = new TreeMap<Integer, Run>();
    for (int i : order) {
      var scenario = scenarios.get(i);
      runs.put(i, new Run(scenario, pool.submit(() -> run(scenario))));
    }
    var _ = ticker.scheduleAtFixedRate(() -> tell(""), 0, SECONDS_BETWEEN_LINES, TimeUnit.SECONDS);
    return List.copyOf(runs.values());
  }

  private static double cost(Scenario scenario) {
    return scenario.end().toMillis() / 1e3 + REST;
  }

  private Outcome run(Scenario scenario) {
    var outcome = new PairRun(scenario, planes, folder, rest).run();
    done.incrementAndGet();
    costDone.add(cost(scenario));
    tell("; " + scenario.name() + ": " + outcome.words());
    return outcome;
  }

  private void tell(String news) {
    int over = done.get();
    progress.accept(
        "parity: %d of %d done, about %d s left%s".formatted(over, total, secondsLeft(), news));
  }

  /** At the pace so far; before there is one, at the pace of an idle machine. */
  private long secondsLeft() {
    double elapsed = clock.getAsDouble();
    double finished = costDone.sum();
    double left =
        finished > 0
            ? elapsed / finished * (cost - finished)
            : Math.max(REST, cost / Math.min(atOnce, total) - elapsed);
    return Math.round(left);
  }

  /** Ends what is still running, and all control planes. */
  @Override
  public void close() {
    ticker.shutdownNow();
    pool.shutdownNow();
    pool.close();
    planes.close();
  }
}
