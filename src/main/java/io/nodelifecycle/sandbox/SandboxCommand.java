package io.nodelifecycle.sandbox;

import io.nodelifecycle.Wiring;
import io.nodelifecycle.config.CommandLineSettings;
import io.nodelifecycle.config.FileSource;
import io.nodelifecycle.config.ParseOutcome;
import io.nodelifecycle.config.Settings;
import io.nodelifecycle.config.StartEnvironment;
import io.nodelifecycle.config.SubcommandNames;
import io.nodelifecycle.kubernetes.ConnectionException;
import io.nodelifecycle.observe.LogSetup;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.http.SandboxApiServer;
import io.nodelifecycle.sandbox.http.ServerOptions;
import io.nodelifecycle.sandbox.screen.Display;
import io.nodelifecycle.sandbox.screen.LineDisplay;
import io.nodelifecycle.sandbox.screen.LiveDisplay;
import io.nodelifecycle.sandbox.screen.Paint;
import io.nodelifecycle.sandbox.screen.RuleSummary;
import io.nodelifecycle.sandbox.screen.Summary;
import io.nodelifecycle.sandbox.screen.TerminalSize;
import io.nodelifecycle.sandbox.story.Story;
import io.nodelifecycle.sandbox.story.StoryOutcome;
import io.nodelifecycle.sandbox.story.StoryReader;
import io.nodelifecycle.sandbox.truth.RequestJudge;
import io.nodelifecycle.sandbox.yaml.YamlProblem;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The subcommand {@code sandbox}: plays a story and says whether what was expected was seen. */
public final class SandboxCommand {
  private static final int OK = 0;
  private static final int NOT_AS_EXPECTED = 1;
  private static final int UNUSABLE = 2;
  private static final int VERBOSITY = 2;
  private static final int PLAIN_WIDTH = 120;
  private static final String DEFAULT_STORY = "story.yaml";
  private static final long SEED = 1;

  private final Map<String, String> environment;
  private final String version;
  private final TimeSource time;
  private final Streams streams;
  private volatile boolean isStopped;

  /**
   * Where output goes.
   *
   * @param out for people
   * @param err for problems
   * @param isTerminal whether {@code out} is a terminal
   */
  public record Streams(PrintStream out, PrintStream err, boolean isTerminal) {}

  /**
   * A command that has not begun.
   *
   * @param environment the process's environment variables
   * @param version of this program
   * @param time the clocks
   * @param streams where output goes
   */
  public SandboxCommand(
      Map<String, String> environment, String version, TimeSource time, Streams streams) {
    this.environment = Map.copyOf(environment);
    this.version = version;
    this.time = time;
    this.streams = streams;
  }

  /** Ends {@link #run} soon and in order; can be called from any thread. */
  public void stop() {
    isStopped = true;
  }

  /**
   * Runs until the story is over, or until {@link #stop} where it is to be kept running.
   *
   * @param arguments the words after {@code sandbox}
   * @return the exit code: 0 if every expectation held and every rule was kept, 1 if not, 2 for
   *     unusable arguments
   */
  public int run(List<String> arguments) {
    var outcome = SandboxOptionParser.parse(arguments);
    if (outcome.options().isEmpty()) {
      return refuse(outcome.problems());
    }
    var options = outcome.options().get();
    if (options.isHelpWanted()) {
      streams.out().print(SandboxOptionParser.HELP);
      return OK;
    }
    return switch (read(options)) {
      case StoryOutcome.Bad(var problems) ->
          refuse(problems.stream().map(YamlProblem::text).toList());
      case StoryOutcome.Good(var story) -> play(story, options);
    };
  }

  private int refuse(List<String> problems) {
    streams.err().println("the sandbox cannot start:");
    problems.forEach(problem -> streams.err().println("  " + problem));
    return UNUSABLE;
  }

  private static StoryOutcome read(SandboxOptions options) {
    if (options.story().isEmpty()) {
      return StoryReader.read(DEFAULT_STORY, defaultStory(), options.scale());
    }
    var path = options.story().get();
    var files = FileSource.disk();
    var obstacle = files.obstacle(path);
    if (obstacle.isPresent()) {
      return unreadable(path.toString(), obstacle.get());
    }
    try {
      return StoryReader.read(path.toString(), files.read(path), options.scale());
    } catch (IOException unreadable) {
      return unreadable(path.toString(), "cannot be read: " + unreadable.getMessage());
    }
  }

  private static StoryOutcome unreadable(String path, String why) {
    return new StoryOutcome.Bad(
        List.of(new YamlProblem(path, 1, "", why + "; name a readable YAML file")));
  }

  private static String defaultStory() {
    try (var stream = SandboxCommand.class.getResourceAsStream(DEFAULT_STORY)) {
      if (stream == null) {
        throw new IllegalStateException(DEFAULT_STORY + " is missing in the program's jar");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(DEFAULT_STORY + " cannot be read", unreadable);
    }
  }

  private int play(Story story, SandboxOptions options) {
    try (var workspace = Workspace.create()) {
      return switch (settings(story, workspace)) {
        case ParseOutcome.Run run -> play(story, options, run.settings(), workspace);
        case ParseOutcome.Refused(var problems) ->
            refuse(problems.stream().map(each -> "flags: " + each.text()).toList());
        case ParseOutcome.Help _ -> refuse(List.of("flags: help and version are none of a story"));
      };
    } catch (IOException failure) {
      return refuse(List.of(String.valueOf(failure.getMessage())));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return NOT_AS_EXPECTED;
    }
  }

  /** The program's own flags, read by the program's own reader. */
  private ParseOutcome settings(Story story, Workspace workspace) throws IOException {
    // Written again when the port is known; until then it only has to be there.
    var nowhere = URI.create("http://127.0.0.1:1");
    workspace.writeKubeconfig(nowhere, nowhere);
    var flags = new ArrayList<String>();
    story.flags().forEach((name, value) -> flags.add("--" + name + "=" + value));
    flags.add("--kubeconfig=" + workspace.kubeconfig());
    flags.add("--context=" + Workspace.CONTROLLER);
    flags.add("--leader-elect=false");
    flags.add("--secure-port=0");
    return new CommandLineSettings(version, new SubcommandNames(List.of()))
        .parse(flags, new StartEnvironment(Map.of(), FileSource.disk()));
  }

  private int play(Story story, SandboxOptions options, Settings settings, Workspace workspace)
      throws IOException, InterruptedException {
    LogSetup.applyToFile(VERBOSITY, workspace.log());
    var cluster = new SandboxCluster(SEED, SandboxCluster.HISTORY_LIMIT, time.wallClock());
    var judge = RequestJudge.of(cluster, Wiring.corePolicy(settings), time);
    var outage = new ApiOutage(time, judge::unreachable);
    var serverOptions =
        ServerOptions.STANDARD
            .withBearerToken(workspace.token())
            .withFaults(outage)
            .withWitness(judge);
    var api = new Stage.Api(cluster, outage, judge);
    try (var stage = new Stage(story, api, time.now(), time.wallClock());
        var server =
            SandboxApiServer.start(cluster, options.port(), serverOptions, time::wallClock)) {
      workspace.writeKubeconfig(server.baseUri(), server.uriWithToken());
      var wiring = new Wiring(settings, Map.of(), version, time);
      try (var controller = ControllerThread.start(wiring)) {
        return play(
            options, stage, controller, new SceneComposer(stage, settings, hints(workspace)));
      }
    } catch (ConnectionException impossible) {
      return refuse(List.of(String.valueOf(impossible.getMessage())));
    }
  }

  private static List<String> hints(Workspace workspace) {
    return List.of(
        "export KUBECONFIG=" + workspace.kubeconfig(), "the controller's log: " + workspace.log());
  }

  private int play(
      SandboxOptions options, Stage stage, ControllerThread controller, SceneComposer composer)
      throws InterruptedException {
    Optional<String> failure;
    boolean isSummarized = false;
    try (var display = display(options)) {
      display.say(stage.story().title());
      composer.hints().forEach(display::say);
      var loop = new SandboxLoop(stage, composer, display, controller, time);
      failure = loop.play(() -> isStopped);
      if (failure.isEmpty() && options.isKeptRunning()) {
        stage.ledger().close();
        isSummarized = summarize(stage, display);
        display.say("The cluster goes on until Ctrl-C.");
        loop.goOn(() -> isStopped);
      }
    }
    stage.ledger().close();
    if (!isSummarized) {
      streams.out().println();
      summary(stage).forEach(streams.out()::println);
    }
    streams.out().flush();
    failure.ifPresent(why -> streams.err().println("sandbox: " + why));
    boolean isAsExpected = stage.ledger().broken() == 0 && stage.tally().broken() == 0;
    return failure.isEmpty() && isAsExpected ? OK : NOT_AS_EXPECTED;
  }

  /** On a terminal the picture goes on, and the summary comes at the end. */
  private boolean summarize(Stage stage, Display display) {
    if (display instanceof LineDisplay) {
      summary(stage).forEach(display::say);
      return true;
    }
    return false;
  }

  private List<String> summary(Stage stage) {
    int width =
        streams.isTerminal()
            ? Math.min(PLAIN_WIDTH, new TerminalSize(time::now).get().columns())
            : PLAIN_WIDTH;
    var lines = new ArrayList<>(new Summary(paint(), width).lines(stage.ledger().entries()));
    lines.addAll(new RuleSummary(paint(), width, stage::at).lines(stage.tally()));
    return lines;
  }

  private Display display(SandboxOptions options) {
    return streams.isTerminal() && !options.isPlain()
        ? new LiveDisplay(streams.out(), paint(), new TerminalSize(time::now))
        : new LineDisplay(streams.out(), paint());
  }

  private Paint paint() {
    boolean isColourless = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return streams.isTerminal() && !isColourless ? Paint.ANSI : Paint.PLAIN;
  }
}
