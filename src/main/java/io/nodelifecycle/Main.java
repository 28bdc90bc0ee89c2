package io.nodelifecycle;

import io.nodelifecycle.config.CommandLineSettings;
import io.nodelifecycle.config.FileSource;
import io.nodelifecycle.config.LogFormat;
import io.nodelifecycle.config.ParseOutcome;
import io.nodelifecycle.config.StartEnvironment;
import io.nodelifecycle.config.SubcommandNames;
import io.nodelifecycle.kubernetes.ConnectionException;
import io.nodelifecycle.observe.AnnouncementLog;
import io.nodelifecycle.observe.LogSetup;
import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.sandbox.SandboxCommand;
import io.nodelifecycle.serving.Opening;
import io.nodelifecycle.serving.ServingException;
import io.nodelifecycle.simulate.ReportFormat;
import io.nodelifecycle.simulate.SimulateCommand;
import io.nodelifecycle.simulate.recording.VirtualSimulation;
import java.io.Console;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entry point of the program. */
public final class Main {
  /** Everything went as it should. */
  private static final int OK = 0;

  /** The program met something that must not happen. */
  private static final int BROKEN = 1;

  /** The command line, the config file or what they name is unusable. */
  private static final int UNUSABLE = 2;

  /** It led and lost the election's lease; what runs it should start it again. */
  private static final int LEADERSHIP_LOST = 4;

  private static final String SANDBOX = "sandbox";
  private static final String SIMULATE = "simulate";
  private static final SubcommandNames SUBCOMMANDS =
      new SubcommandNames(List.of(SANDBOX, SIMULATE));

  /** How long an orderly end may take before the process ends anyhow. */
  private static final Duration FAREWELL = Duration.ofSeconds(7);

  private final Map<String, String> environment;
  private final String version;

  private Main(Map<String, String> environment) {
    this.environment = environment;
    var version = Main.class.getPackage().getImplementationVersion();
    this.version = version == null ? "unpackaged" : version;
  }

  /**
   * Runs the program.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    System.exit(new Main(System.getenv()).run(List.of(arguments)));
  }

  private int run(List<String> arguments) {
    var subcommand = SUBCOMMANDS.calledBy(arguments);
    if (subcommand.isPresent()) {
      var rest = arguments.subList(1, arguments.size());
      return subcommand.get().equals(SANDBOX) ? play(rest) : simulate(rest);
    }
    var settings = new CommandLineSettings(version, SUBCOMMANDS);
    var start = new StartEnvironment(environment, FileSource.disk());
    return switch (settings.parse(arguments, start)) {
      case ParseOutcome.Help(var text) -> {
        System.out.print(text);
        yield OK;
      }
      case ParseOutcome.Refused refused -> {
        System.err.print(refused.text());
        yield UNUSABLE;
      }
      case ParseOutcome.Run run -> control(run);
    };
  }

  /** Plays in the sandbox; a signal ends that in order, and the exit code says how it went. */
  private int play(List<String> arguments) {
    var sandbox = new SandboxCommand(environment, version, new SystemTime(), streams());
    var ended = new CompletableFuture<Integer>();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> endSandbox(sandbox, ended), "end of the sandbox"));
    int code = BROKEN;
    try {
      code = sandbox.run(arguments);
      return code;
    } finally {
      ended.complete(code);
    }
  }

  private static SandboxCommand.Streams streams() {
    var isTerminal = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new SandboxCommand.Streams(System.out, System.err, isTerminal);
  }

  private int simulate(List<String> arguments) {
    var engine = new SimulateCommand.Engine(new VirtualSimulation(), new ReportFormat());
    return new SimulateCommand(environment, version, new SystemTime(), streams(), engine)
        .run(arguments);
  }

  private static void endSandbox(SandboxCommand sandbox, CompletableFuture<Integer> ended) {
    if (!ended.isDone()) {
      sandbox.stop();
      Runtime.getRuntime()
          .halt(ended.completeOnTimeout(BROKEN, FAREWELL.toMillis(), TimeUnit.MILLISECONDS).join());
    }
  }

  private int control(ParseOutcome.Run run) {
    var logging = run.settings().logging();
    var isJson = logging.format() == LogFormat.JSON;
    try {
      LogSetup.apply(logging.verbosity(), isJson, logging.folder());
    } catch (IOException exception) {
      System.err.println("--log-dir: " + exception.getMessage() + "; name another folder");
      return UNUSABLE;
    }
    var logger = LoggerFactory.getLogger(Main.class);
    logger.atInfo().addKeyValue("version", version).log("node-lifecycle-controller starts");
    showSettings(run, isJson, logger);
    var time = new SystemTime();
    var wiring = new Wiring(run.settings(), environment, version, time);
    try (var controller = wiring.controller(new AnnouncementLog(time));
        var port = new ServingWiring(run, environment, wiring, time).open(controller)) {
      logger.atInfo().addKeyValue("server", controller.server()).log("waiting for caches");
      return untilStopped(controller, port, logger);
    } catch (ConnectionException | ServingException exception) {
      System.err.println("node-lifecycle-controller cannot start: " + exception.getMessage());
      return UNUSABLE;
    }
  }

  private static void showSettings(ParseOutcome.Run run, boolean isJson, Logger logger) {
    if (isJson) {
      var record = logger.atInfo();
      for (var setting : run.table().record().entrySet()) {
        record = record.addKeyValue(setting.getKey(), value(setting.getValue()));
      }
      record.log("effective settings");
    } else {
      logger.info(
          "effective settings, * where they differ from the default\n{}", run.table().text());
    }
    run.warnings().forEach(warning -> logger.warn("{}", warning.text()));
  }

  /** Of a setting's value, default and source, the value: the table for people has the rest. */
  private static Object value(Object setting) {
    return setting instanceof Map<?, ?> parts
        ? Objects.requireNonNullElse(parts.get("value"), "")
        : setting;
  }

  /** Runs the controller until the process is asked to end, which then ends with {@link #OK}. */
  private static int untilStopped(ControllerRun controller, Opening port, Logger logger)
      throws ServingException {
    var ended = new CountDownLatch(1);
    var farewell = new Thread(() -> sayFarewell(controller, ended), "farewell");
    Runtime.getRuntime().addShutdownHook(farewell);
    try {
      return switch (controller.run(port)) {
        case STOPPED -> {
          logger.info("stopped");
          yield OK;
        }
        case LEADERSHIP_LOST -> LEADERSHIP_LOST;
      };
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return BROKEN;
    } catch (RuntimeException exception) {
      logger
          .atError()
          .addKeyValue("cause", exception.toString())
          .setCause(exception)
          .log("an invariant is broken; the process ends, and what runs it should start it again");
      return BROKEN;
    } finally {
      ended.countDown();
    }
  }

  /** On a signal: an orderly end is a success, whatever the signal. */
  private static void sayFarewell(ControllerRun controller, CountDownLatch ended) {
    if (ended.getCount() == 0) {
      return;
    }
    controller.stop();
    try {
      if (!ended.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("some writes could not be finished in time and are abandoned");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(OK);
  }
}
