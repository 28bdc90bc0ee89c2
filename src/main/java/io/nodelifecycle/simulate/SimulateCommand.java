package io.nodelifecycle.simulate;

import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.sandbox.SandboxCommand.Streams;
import io.nodelifecycle.simulate.SimulateOptionParser.Outcome;
import io.nodelifecycle.simulate.check.CheckCommand;
import io.nodelifecycle.simulate.engine.Simulation;
import io.nodelifecycle.simulate.engine.SimulationPlan;
import io.nodelifecycle.simulate.record.SimulationRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The subcommand {@code simulate}: shows what flags would do to a cluster in an outage. */
public final class SimulateCommand {
  private static final String CHECK = "--check";
  private static final int OK = 0;
  private static final int BROKEN = 1;
  private static final int UNUSABLE = 2;
  private static final int PROBLEMS_SHOWN = 100;

  private final Map<String, String> environment;
  private final String version;
  private final TimeSource time;
  private final Streams streams;
  private final Engine engine;

  /**
   * What runs simulations and what shows them.
   *
   * @param simulation runs an outage
   * @param format the forms of what comes of it
   */
  public record Engine(Simulation simulation, ResultFormat format) {}

  /**
   * A command that has not begun.
   *
   * @param environment the process's environment variables
   * @param version of this program
   * @param time the clocks
   * @param streams where output goes
   */
  public SimulateCommand(
      Map<String, String> environment,
      String version,
      TimeSource time,
      Streams streams,
      Engine engine) {
    this.environment = Map.copyOf(environment);
    this.version = version;
    this.time = time;
    this.streams = streams;
    this.engine = engine;
  }

  /**
   * Runs the outage for each controller in turn and shows what comes of it.
   *
   * @param arguments the words after {@code simulate}
   * @return the exit code: 0 if it ran, 1 if its results could not be written or a check has found
   *     something, 2 for unusable arguments
   */
  public int run(List<String> arguments) {
    if (arguments.contains(CHECK)) {
      var err = streams.err();
      return new CheckCommand(time, streams.out(), err, streams.isTerminal()).run(arguments);
    }
    try {
      return switch (SimulateOptionParser.parse(arguments)) {
        case Outcome.Help() -> {
          streams.out().print(SimulateHelp.TEXT);
          yield OK;
        }
        case Outcome.Refused(var problems, var options) -> refuse(problems, options);
        case Outcome.Run(var options) -> run(options);
      };
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return BROKEN;
    }
  }

  /** What else is wrong is said too, as far as it can be found out without a network. */
  private int refuse(List<String> problems, SimulateOptions options) throws InterruptedException {
    var all = new ArrayList<>(problems);
    if (!options.cluster().isLive()) {
      var preparation = preparation(options);
      preparation.prepare();
      all.addAll(preparation.problems());
    }
    return refuse(all);
  }

  private int refuse(List<String> problems) {
    var err = streams.err();
    err.println("the simulation cannot start:");
    problems.stream().limit(PROBLEMS_SHOWN).forEach(problem -> err.println("  " + problem));
    if (problems.size() > PROBLEMS_SHOWN) {
      err.println("  and " + (problems.size() - PROBLEMS_SHOWN) + " more problems");
    }
    return UNUSABLE;
  }

  private Preparation preparation(SimulateOptions options) {
    var source = new UserCluster(environment, version, time, this::say);
    return new Preparation(options, source, version);
  }

  private void say(String text) {
    streams.err().println("simulate: " + text);
  }

  private int run(SimulateOptions options) throws InterruptedException {
    var preparation = preparation(options);
    var results = new Results(options.output(), engine.format(), streams.out());
    var plans = preparation.prepare();
    var problems = new ArrayList<>(preparation.problems());
    problems.addAll(results.obstacles());
    if (!problems.isEmpty()) {
      return refuse(problems);
    }
    preparation.notes().forEach(note -> say("note: " + note));
    var records = new ArrayList<SimulationRecord>();
    for (var plan : plans) {
      var record = simulate(plan, plans.size());
      records.add(record);
      results.show(record);
    }
    try {
      results.finish(records);
      return OK;
    } catch (IOException failure) {
      say(String.valueOf(failure.getMessage()));
      return BROKEN;
    }
  }

  private SimulationRecord simulate(SimulationPlan plan, int count) {
    if (count > 1) {
      say("simulating " + plan.title());
    }
    try (var progress =
        new ProgressDisplay(streams.err(), streams.isTerminal(), time, plan.length())) {
      return engine.simulation().run(plan, progress::show);
    }
  }
}
